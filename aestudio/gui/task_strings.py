"""The words of the tools and the sentences of the core, for the translators.

Written by docs/translations.py: do not edit.
"""

from PySide6.QtCore import QT_TRANSLATE_NOOP

TASK_STRINGS = (
    QT_TRANSLATE_NOOP("tasks", "Denoise"),
    QT_TRANSLATE_NOOP("tasks", "Nothing to do was found: the photo is left as it is."),
    QT_TRANSLATE_NOOP("tasks", "Noise level"),
    QT_TRANSLATE_NOOP(
        "tasks",
        "How strong the noise is, in levels of 255. More removes coarser noise, less keeps finer texture.",
    ),
    QT_TRANSLATE_NOOP("tasks", "Strength"),
    QT_TRANSLATE_NOOP("tasks", "How much of the restored photo is mixed in. Less keeps more of the original's grain."),
    QT_TRANSLATE_NOOP("tasks", "Colorize"),
    QT_TRANSLATE_NOOP(
        "tasks",
        "The photo is in colour already, and is left as it is. “Colour anew” drops its colours.",
    ),
    QT_TRANSLATE_NOOP("tasks", "Saturation"),
    QT_TRANSLATE_NOOP("tasks", "How vivid the colours are. More makes them stronger, less brings them nearer to grey."),
    QT_TRANSLATE_NOOP("tasks", "Warmth"),
    QT_TRANSLATE_NOOP("tasks", "More leans all colours to yellow and red, less to blue."),
    QT_TRANSLATE_NOOP("tasks", "Print's own tone"),
    QT_TRANSLATE_NOOP(
        "tasks",
        "How much of a sepia print's tone stays under the colours. At 0 it is made neutral first.",
    ),
    QT_TRANSLATE_NOOP("tasks", "Colour anew"),
    QT_TRANSLATE_NOOP("tasks", "Photos that are in colour are coloured, too: their own colours are dropped."),
    QT_TRANSLATE_NOOP("tasks", "Remove watermarks"),
    QT_TRANSLATE_NOOP("tasks", "No mark was found: the photo is left as it is. More sensitivity finds fainter ones."),
    QT_TRANSLATE_NOOP("tasks", "Do you have the right to remove the marks from these photos?"),
    QT_TRANSLATE_NOOP("tasks", "Sensitivity"),
    QT_TRANSLATE_NOOP(
        "tasks",
        "How readily something counts as a mark. More finds fainter ones, less leaves signs and captions alone.",
    ),
    QT_TRANSLATE_NOOP("tasks", "Paint anew"),
    QT_TRANSLATE_NOOP(
        "tasks",
        "What a mask covers is painted from what lies around it. Off: what still shines through is brought back.",
    ),
)

SENTENCE_STRINGS = (
    QT_TRANSLATE_NOOP("sentences", "{name} is a photo compressed by AEStudio, whose codec is not loaded."),
    QT_TRANSLATE_NOOP("sentences", "{name} was not saved ({reason}). Please check the disk or choose another folder."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{name} is the original photo, which is never overwritten. Please choose another name.",
    ),
    QT_TRANSLATE_NOOP("sentences", "{name} is a folder. Please choose another name."),
    QT_TRANSLATE_NOOP("sentences", "{name} already exists and was not replaced. Please choose another name."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{name} was not saved: the disk is full. Please free some space or choose another disk.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{name} was not saved: the disk takes no file that large. Please choose another disk or format.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{name} was not saved: the folder {folder} is read-only. Please choose another folder.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{name} was not saved: the folder {folder} does not exist. Please choose another folder.",
    ),
    QT_TRANSLATE_NOOP("sentences", "{name} was not saved: its name is too long. Please choose a shorter one."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{name} is too large for AVIF, which ends at {most} pixels a side. Please save it as TIFF or PNG.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "The content credentials in the file are damaged: a saved copy will be without them.",
    ),
    QT_TRANSLATE_NOOP("sentences", "The file holds several pictures: the first is shown."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{name} holds {mode} colours, which AEStudio does not know. Please save it as RGB or greyscale.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "The photo holds CMYK inks without a profile: they were converted to sRGB roughly, and stay sRGB.",
    ),
    QT_TRANSLATE_NOOP("sentences", "The photo holds Lab colours: they were converted to sRGB, and stay sRGB."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{name} is incomplete: the end of the file is missing. Please copy it again from the camera or from a backup.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{name} is damaged and cannot be opened. Please copy it again from the camera or from a backup.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{name} holds {width} × {height} pixels, more than {most} megapixels: it takes gigabytes of memory. If that is meant, please confirm it in the window, or add --large on the command line.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{name} claims to hold {width} × {height} pixels, more than the {most} megapixels that AEStudio opens. Please split it, or save a smaller version.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "The photo holds CMYK inks: they were converted to sRGB by their profile, and stay sRGB.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{name} is not a photo that AEStudio opens. Please choose a JPEG, PNG, TIFF, WebP, HEIC, AVIF, JPEG XL, AES, BMP or camera raw file.",
    ),
    QT_TRANSLATE_NOOP("sentences", "{name} is a video or another file that is no photo. Please choose a photo."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{name} is a HEIC file, which needs a package of its own. Please install it with: pip install pillow-heif, or convert the photo to JPEG.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{name} does not fit into memory. Please close other programs or use a smaller photo.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{name} was not saved: what was written could not be read back. Please check the disk and save elsewhere.",
    ),
    QT_TRANSLATE_NOOP("sentences", "{name} is empty. Please copy it again from the camera or from a backup."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{name} has no ending that AEStudio saves. Please end the name with .jpg, .png, .tif, .webp, .avif or .aes.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{name} would be a {format} file under the name of a {other} file. Please change its ending.",
    ),
    QT_TRANSLATE_NOOP("sentences", "{name} cannot hold {bits} bits as {format}. Please save it as {formats}."),
    QT_TRANSLATE_NOOP("sentences", "The folder {name} cannot be opened. Please choose another folder."),
    QT_TRANSLATE_NOOP("sentences", "{name} is a folder. Please choose a photo in it."),
    QT_TRANSLATE_NOOP("sentences", "{name} does not exist. It may have been moved or renamed: please open it again."),
    QT_TRANSLATE_NOOP("sentences", "{name} may not be read. Please check the file's permissions."),
    QT_TRANSLATE_NOOP("sentences", "{name} cannot be read ({reason}). Please check the disk or the card."),
    QT_TRANSLATE_NOOP("sentences", "The colour profile in the file cannot be used: colours are taken for sRGB."),
    QT_TRANSLATE_NOOP("sentences", "The file is damaged. This is what could be read of it: the rest is missing."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{name} is transparent in places, which a JPEG cannot be. Please save it as PNG, TIFF, WebP or AVIF.",
    ),
    QT_TRANSLATE_NOOP("sentences", "{name} could not be encoded as {format}. Please save it as {other}."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{name} is too large for JPEG, which ends at {most} pixels a side. Please save it as TIFF or PNG.",
    ),
    QT_TRANSLATE_NOOP("sentences", "{name} has more metadata than a JPEG can hold. Please save it as TIFF or PNG."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "JPEG XL: colours are taken for sRGB. A photo in another colour space is better opened as TIFF.",
    ),
    QT_TRANSLATE_NOOP("sentences", "{name} is a JPEG XL file of an unknown kind. Please convert it to TIFF or PNG."),
    QT_TRANSLATE_NOOP("sentences", "The mask {name} marks nothing, all of it is dark. Please choose another one."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "The name pattern “{pattern}” cannot be used. Please write letters, digits and the places {places}.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "The name pattern “{pattern}” gives every photo the same name. Please add {{name}} or {{n}}.",
    ),
    QT_TRANSLATE_NOOP("sentences", "{format} is not a format that AEStudio saves. Please choose one of {choices}."),
    QT_TRANSLATE_NOOP("sentences", "The quality is {quality}: please choose a value from 1 to 100."),
    QT_TRANSLATE_NOOP("sentences", "The bit depth is {bit_depth}: please choose 8, 16 or 32."),
    QT_TRANSLATE_NOOP("sentences", "The PNG level is {level}: please choose a value from 0 to 9."),
    QT_TRANSLATE_NOOP("sentences", "The subsampling is {value}: please choose one of {choices}."),
    QT_TRANSLATE_NOOP("sentences", "The compression is {value}: please choose one of {choices}."),
    QT_TRANSLATE_NOOP("sentences", "Metadata can be treated as one of {choices}, not as {value}."),
    QT_TRANSLATE_NOOP("sentences", "The raw file was developed with the camera's white balance."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{name} is a raw file of a camera that AEStudio does not know. Please develop it to TIFF first.",
    ),
    QT_TRANSLATE_NOOP("sentences", "{name} is too large for TIFF, which ends at 4 GB. Please save it as PNG."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{name} is compressed in a way that AEStudio does not know. Please save it with ZIP or LZW compression.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{name} is too large for WebP, which ends at {most} pixels a side. Please save it as JPEG, TIFF or PNG.",
    ),
    QT_TRANSLATE_NOOP("sentences", "The model card {path} cannot be read. Please install the model again."),
    QT_TRANSLATE_NOOP("sentences", "The model card {path} is damaged. Please install the model again."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "There is no model “{name}”. Installed models: {there}. Please install AEStudio again.",
    ),
    QT_TRANSLATE_NOOP("sentences", "The weights {path} are damaged or altered. Please install the model again."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "The model {model} needs the network “{network}”, which this version of AEStudio lacks. Please update AEStudio.",
    ),
    QT_TRANSLATE_NOOP("sentences", "The weights {path} cannot be read. Please install the model again."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "The weights {path} do not fit the network “{network}”. Please install the model again.",
    ),
    QT_TRANSLATE_NOOP("sentences", "{label} is {value}: please choose a value from {low} to {high}."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "In {name}, hint {number} lacks one of the numbers x, y, a, b. Please correct the file.",
    ),
    QT_TRANSLATE_NOOP("sentences", "There are {count} hints: {most} are the most."),
    QT_TRANSLATE_NOOP("sentences", "{name} is too large for a hints file. Please choose another file."),
    QT_TRANSLATE_NOOP("sentences", "{name} holds no hints. Please choose another file."),
    QT_TRANSLATE_NOOP("sentences", "Hint {number} lies outside the photo (x {x}, y {y}): both run from 0 to 1."),
    QT_TRANSLATE_NOOP("sentences", "Hint {number} is not a colour (a {a}, b {b}): both run from -128 to 128."),
    QT_TRANSLATE_NOOP("sentences", "{name} cannot be read ({reason}). Please choose another file."),
    QT_TRANSLATE_NOOP("sentences", "{name} is not a hints file, or it is damaged. Please choose another file."),
    QT_TRANSLATE_NOOP("sentences", "In {name}: {problem}"),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{name} has no transparent background. Please save the logo as a PNG with transparency.",
    ),
    QT_TRANSLATE_NOOP("sentences", "{name} is empty: nothing in it is opaque. Please choose another logo."),
    QT_TRANSLATE_NOOP("sentences", "{name} is opaque everywhere. Please save the logo with its shape as transparency."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{folder} holds {count} photos of one size: at least {fewest} are needed to learn their mark.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "The photos in {folder} share no mark at the same place. Please choose photos that carry it.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "The folder for your marks, {folder}, cannot be made ({reason}). Please check the disk.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "The mark {name} could not be removed ({reason}). Please check the folder {folder}.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "The mask {name} has {mask_width} × {mask_height} pixels, the photo {width} × {height}. Please let it be scaled, or choose another one.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "The mask covers the whole photo: there is nothing to paint from. Please paint less.",
    ),
    QT_TRANSLATE_NOOP("sentences", "{name} is black and white. Please choose a reference in colour."),
    QT_TRANSLATE_NOOP("sentences", "The mark “{mark}” was not found in this photo, which stays as it is."),
    QT_TRANSLATE_NOOP("sentences", "{name} is not a folder. Please name a folder of photos that carry the mark."),
    QT_TRANSLATE_NOOP("sentences", "There can be one of a mask, a logo and a folder to learn from. Please choose one."),
    QT_TRANSLATE_NOOP("sentences", "There is no device “{name}”. Please choose one of {known}."),
    QT_TRANSLATE_NOOP("sentences", "This machine has no device “{name}”. Please choose “auto” or “cpu”."),
    QT_TRANSLATE_NOOP("sentences", "Strength is {strength}: please choose a value from 0 to 1."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "There is not enough memory for a second copy of this photo. Please close other programs or photos.",
    ),
    QT_TRANSLATE_NOOP("sentences", "Memory was short: smaller tiles ({side} pixels) were used."),
    QT_TRANSLATE_NOOP("sentences", "Memory was short: half precision was used."),
    QT_TRANSLATE_NOOP("sentences", "The memory of the graphics card was short: the processor was used."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "There is not enough memory to restore this photo, even in the smallest tiles. Please close other programs and try again.",
    ),
    QT_TRANSLATE_NOOP("sentences", "A part of the file that AEStudio does not know is damaged, and was left out."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "The beginning of the file is damaged: what it says was taken from the copy at the end.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "The end of the file is damaged or missing: what it says was taken from the beginning.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "The file is longer or shorter than it was saved: all that could be found in it was read.",
    ),
    QT_TRANSLATE_NOOP("sentences", "The EXIF data in the file are damaged: a saved copy will be without them."),
    QT_TRANSLATE_NOOP("sentences", "The XMP data in the file are damaged: a saved copy will be without them."),
    QT_TRANSLATE_NOOP("sentences", "The IPTC data in the file are damaged: a saved copy will be without them."),
    QT_TRANSLATE_NOOP("sentences", "The comment in the file is damaged: a saved copy will be without it."),
    QT_TRANSLATE_NOOP("sentences", "The resolution in the file is damaged: a saved copy will be without it."),
    QT_TRANSLATE_NOOP("sentences", "The transparency in the file is damaged: the photo is opened without it."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{name} was made by a newer version of AEStudio. Please update AEStudio to open it.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{name} is not a photo compressed by AEStudio. Please choose a file that ends in .aes.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{name} claims to be {side} pixels long, more than the {most} that an .aes file may be. Please split it, or save a smaller version.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "The file holds other symbols than were written: this version of AEStudio reads it wrongly. Please open it with the version that wrote it.",
    ),
    QT_TRANSLATE_NOOP("sentences", "There can be one of a quality, a size and a PSNR. Please choose one."),
    QT_TRANSLATE_NOOP("sentences", "The quality is {value}: please choose a value from 0 to 100."),
    QT_TRANSLATE_NOOP("sentences", "A file of {value} bytes cannot hold a photo. Please choose more."),
    QT_TRANSLATE_NOOP("sentences", "The PSNR is {value} dB: please choose a value from 10 to 60."),
    QT_TRANSLATE_NOOP("sentences", "The photo has {bits} bits for each colour: it is compressed at 8."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{lost} of {all} tiles are damaged: they are marked in the photo, and the rest is whole.",
    ),
    QT_TRANSLATE_NOOP("sentences", "{name}: {reason}"),
    QT_TRANSLATE_NOOP(
        "sentences",
        "{name} is damaged: {lost} of its {all} tiles cannot be read. Please copy it again from a backup, or open what can be read.",
    ),
    QT_TRANSLATE_NOOP("sentences", "{lost} of {all} tiles are damaged; the rest is whole."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "The file was compressed with the model {model} {version}, which is not installed. Please install it, or open the file where it was made.",
    ),
    QT_TRANSLATE_NOOP("sentences", "There are no photos in {path}."),
    QT_TRANSLATE_NOOP("sentences", "{path} has the unknown key “{key}”."),
    QT_TRANSLATE_NOOP("sentences", "{path} has the unknown key “{key}”; did you mean “{close}”?"),
    QT_TRANSLATE_NOOP("sentences", "recent_limit is {value}: please choose a number from 0 to {most}."),
    QT_TRANSLATE_NOOP("sentences", "The preferences in {path} cannot be read ({reason}). Please correct the file."),
    QT_TRANSLATE_NOOP("sentences", "In {path}, {problem}"),
    QT_TRANSLATE_NOOP(
        "sentences",
        "The preferences could not be written to {path} ({reason}). Please check the folder.",
    ),
    QT_TRANSLATE_NOOP("sentences", "{name} is {value}: please choose one of {choices}."),
    QT_TRANSLATE_NOOP("sentences", "{name} is {value}: please write {example}."),
)

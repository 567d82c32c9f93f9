"""Every failure that can be explained to a user."""


class AEStudioError(Exception):
    """A failure whose message is a sentence for a photographer: the file, the reason, the remedy."""


class ImageError(AEStudioError):
    """A photo cannot be read or written."""


class WeightsError(AEStudioError):
    """A weights file or its card is missing, damaged, or made for another network."""


class DeviceMemoryError(AEStudioError):
    """The photo does not fit into memory, even with the smallest tiles on the processor."""


class TrainingDataError(AEStudioError):
    """A folder or a recipe cannot be trained from."""


class SettingsError(AEStudioError):
    """A setting is unknown or out of range."""


class Cancelled(Exception):
    """The user asked to stop. Not an error: nothing is reported."""

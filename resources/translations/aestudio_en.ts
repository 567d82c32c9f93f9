<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>BatchHead</name>
    <message numerus="yes">
        <source>%n photo(s), {size}</source>
        <translation>
            <numerusform>%n photo, {size}</numerusform>
            <numerusform>%n photos, {size}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BatchPage</name>
    <message numerus="yes">
        <source>%n file(s) that are no photos were left out: {name}.</source>
        <translation>
            <numerusform>%n file that is no photo was left out: {name}.</numerusform>
            <numerusform>%n files that are no photos were left out: {name}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BatchProgress</name>
    <message numerus="yes">
        <source>Watching for new photos; %n done so far.</source>
        <translation>
            <numerusform>Watching for new photos; %n done so far.</numerusform>
            <numerusform>Watching for new photos; %n done so far.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n need(s) a look</source>
        <translation>
            <numerusform>%n needs a look</numerusform>
            <numerusform>%n need a look</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) done</source>
        <translation>
            <numerusform>%n photo done</numerusform>
            <numerusform>%n photos done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n skipped</source>
        <translation>
            <numerusform>%n skipped</numerusform>
            <numerusform>%n skipped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left</source>
        <translation>
            <numerusform>%n left</numerusform>
            <numerusform>%n left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ClassList</name>
    <message numerus="yes">
        <source>Please label %n more.</source>
        <translation>
            <numerusform>Please label %n more.</numerusform>
            <numerusform>Please label %n more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Closing</name>
    <message numerus="yes">
        <source>%n photo(s) have results that are not saved.</source>
        <translation>
            <numerusform>%n photo has a result that is not saved.</numerusform>
            <numerusform>%n photos have results that are not saved.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ComponentsView</name>
    <message numerus="yes">
        <source>Fitting PCA to %n photo(s) took {seconds} s.</source>
        <translation>
            <numerusform>Fitting PCA to %n photo took {seconds} s.</numerusform>
            <numerusform>Fitting PCA to %n photos took {seconds} s.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExploreHead</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them twice</source>
        <translation>
            <numerusform>%n of them twice</numerusform>
            <numerusform>%n of them twice</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unreadable</source>
        <translation>
            <numerusform>%n unreadable</numerusform>
            <numerusform>%n unreadable</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilePage</name>
    <message numerus="yes">
        <source>%n picture(s) in {name}.</source>
        <translation>
            <numerusform>%n picture in {name}.</numerusform>
            <numerusform>%n pictures in {name}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HintFiles</name>
    <message numerus="yes">
        <source>%n other photo(s) will be coloured this way.</source>
        <translation>
            <numerusform>%n other photo will be coloured this way.</numerusform>
            <numerusform>%n other photos will be coloured this way.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LearnMarkDialog</name>
    <message numerus="yes">
        <source>Learnt from %n photo(s) in {folder}.</source>
        <translation>
            <numerusform>Learnt from %n photo in {folder}.</numerusform>
            <numerusform>Learnt from %n photos in {folder}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LengthChart</name>
    <message numerus="yes">
        <source>On %n photo(s) that PCA does not know</source>
        <translation>
            <numerusform>On %n photo that PCA does not know</numerusform>
            <numerusform>On %n photos that PCA does not know</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message numerus="yes">
        <source>Laying out %n photo(s)…</source>
        <translation>
            <numerusform>Laying out %n photo…</numerusform>
            <numerusform>Laying out %n photos…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) selected</source>
        <translation>
            <numerusform>%n photo selected</numerusform>
            <numerusform>%n photos selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OddHistogram</name>
    <message numerus="yes">
        <source>%n photo(s) beyond {score}</source>
        <translation>
            <numerusform>%n photo beyond {score}</numerusform>
            <numerusform>%n photos beyond {score}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OddView</name>
    <message numerus="yes">
        <source>%n path(s) copied.</source>
        <translation>
            <numerusform>%n path copied.</numerusform>
            <numerusform>%n paths copied.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SimilarGroups</name>
    <message numerus="yes">
        <source>%n group(s)</source>
        <translation>
            <numerusform>%n group</numerusform>
            <numerusform>%n groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) besides those to keep</source>
        <translation>
            <numerusform>%n photo besides those to keep</numerusform>
            <numerusform>%n photos besides those to keep</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) selected</source>
        <translation>
            <numerusform>%n group selected</numerusform>
            <numerusform>%n groups selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) selected</source>
        <translation>
            <numerusform>%n photo selected</numerusform>
            <numerusform>%n photos selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The paths of %n photo(s) were copied.</source>
        <translation>
            <numerusform>The path of %n photo was copied.</numerusform>
            <numerusform>The paths of %n photos were copied.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SimilarSearch</name>
    <message numerus="yes">
        <source>%n photo(s) selected</source>
        <translation>
            <numerusform>%n photo selected</numerusform>
            <numerusform>%n photos selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SortPhotos</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrainFound</name>
    <message numerus="yes">
        <source>%n photo(s) can be learnt from.</source>
        <translation>
            <numerusform>%n photo can be learnt from.</numerusform>
            <numerusform>%n photos can be learnt from.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to learn from</source>
        <translation>
            <numerusform>%n to learn from</numerusform>
            <numerusform>%n to learn from</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kept aside for the verdict</source>
        <translation>
            <numerusform>%n kept aside for the verdict</numerusform>
            <numerusform>%n kept aside for the verdict</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in pairs or series.</source>
        <translation>
            <numerusform>%n in pairs or series.</numerusform>
            <numerusform>%n in pairs or series.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n too small</source>
        <translation>
            <numerusform>%n too small</numerusform>
            <numerusform>%n too small</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n damaged</source>
        <translation>
            <numerusform>%n damaged</numerusform>
            <numerusform>%n damaged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without colour</source>
        <translation>
            <numerusform>%n without colour</numerusform>
            <numerusform>%n without colour</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without a partner</source>
        <translation>
            <numerusform>%n without a partner</numerusform>
            <numerusform>%n without a partner</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) of photos that are nearly the same</source>
        <translation>
            <numerusform>%n group of photos that are nearly the same</numerusform>
            <numerusform>%n groups of photos that are nearly the same</numerusform>
        </translation>
    </message>
</context>
</TS>

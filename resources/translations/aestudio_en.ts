<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
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
</TS>

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>ABPlane</name>
    <message>
        <source>Colours</source>
        <translation>색</translation>
    </message>
    <message>
        <source>All colours of this brightness. Farther from the middle they are more vivid.</source>
        <translation>이 밝기에서 낼 수 있는 모든 색입니다. 가운데에서 멀수록 선명합니다.</translation>
    </message>
</context>
<context>
    <name>AboutDialog</name>
    <message>
        <source>About AEStudio</source>
        <translation>AEStudio 정보</translation>
    </message>
    <message>
        <source>System</source>
        <translation>운영 체제</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>Restores photographs with autoencoders, on your own machine. No photo leaves it.</source>
        <translation>오토인코더로 사진을 복원합니다. 모든 작업은 이 컴퓨터에서 이루어지며, 사진은 밖으로 나가지 않습니다.</translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0.</source>
        <translation>Apache License 2.0을 따르는 자유 소프트웨어입니다.</translation>
    </message>
    <message>
        <source>Copy versions</source>
        <translation>버전 정보 복사</translation>
    </message>
    <message>
        <source>Put the versions on the clipboard, for a report.</source>
        <translation>문제를 알릴 때 쓸 수 있도록 버전 정보를 클립보드에 복사합니다.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Open photos…</source>
        <translation>사진 열기…</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>폴더 열기…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>붙여넣기</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>다른 이름으로 저장…</translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation>환경 설정…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Run the tools</source>
        <translation>도구 실행</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Split view</source>
        <translation>분할 보기</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>나란히 보기</translation>
    </message>
    <message>
        <source>Result only</source>
        <translation>결과만 보기</translation>
    </message>
    <message>
        <source>Loupe</source>
        <translation>돋보기</translation>
    </message>
    <message>
        <source>Fit the photo</source>
        <translation>화면에 맞춤</translation>
    </message>
    <message>
        <source>1:1</source>
        <translation>1:1</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>축소</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>전체 화면</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>About AEStudio</source>
        <translation>AEStudio 정보</translation>
    </message>
    <message>
        <source>Recent photos</source>
        <translation>최근 사진</translation>
    </message>
    <message>
        <source>View</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Space or \, held</source>
        <translation>Space 또는 \ 누르는 동안</translation>
    </message>
    <message>
        <source>Show the photo before</source>
        <translation>원본 보기</translation>
    </message>
    <message>
        <source>Photo before, next photo</source>
        <translation>이전 사진, 다음 사진</translation>
    </message>
    <message>
        <source>Smaller, larger brush</source>
        <translation>브러시 작게, 크게</translation>
    </message>
    <message>
        <source>Brush or eraser</source>
        <translation>브러시 또는 지우개</translation>
    </message>
    <message>
        <source>Label photos, take labels away (Sort by example)</source>
        <translation>사진에 라벨 붙이기, 떼기(예시로 분류)</translation>
    </message>
    <message>
        <source>Next control</source>
        <translation>다음 항목으로 이동</translation>
    </message>
</context>
<context>
    <name>AnewQuestion</name>
    <message>
        <source>In {folder} lie the results of another job.</source>
        <translation>{folder} 폴더에 다른 작업의 결과가 있습니다.</translation>
    </message>
    <message>
        <source>Its steps or its format were other ones. What is to become of files whose names are needed?</source>
        <translation>그 작업은 단계나 형식이 달랐습니다. 이름이 겹치는 파일을 어떻게 할까요?</translation>
    </message>
    <message>
        <source>Replace them</source>
        <translation>바꾸기</translation>
    </message>
    <message>
        <source>Start anew. Results of the same names are written over them.</source>
        <translation>처음부터 시작합니다. 이름이 같은 결과를 덮어씁니다.</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>유지</translation>
    </message>
    <message>
        <source>Start anew. New results get a number behind their names.</source>
        <translation>처음부터 시작합니다. 새 결과의 이름 뒤에 번호를 붙입니다.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Start nothing, and choose another folder.</source>
        <translation>시작하지 않고 다른 폴더를 선택합니다.</translation>
    </message>
</context>
<context>
    <name>BatchCompare</name>
    <message>
        <source>Photo</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>What needs a look</source>
        <translation>확인이 필요한 점</translation>
    </message>
    <message>
        <source>Photo before</source>
        <translation>이전 사진</translation>
    </message>
    <message>
        <source>The photo above in the table (←).</source>
        <translation>표에서 위에 있는 사진입니다 (←).</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>다음 사진</translation>
    </message>
    <message>
        <source>The next photo in the table (→).</source>
        <translation>표에서 다음 사진입니다 (→).</translation>
    </message>
    <message>
        <source>Open original in Studio</source>
        <translation>스튜디오에서 원본 열기</translation>
    </message>
    <message>
        <source>Show result in its folder</source>
        <translation>폴더에서 결과 보기</translation>
    </message>
</context>
<context>
    <name>BatchControls</name>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Do all photos that are waiting (Ctrl+Enter).</source>
        <translation>대기 중인 사진을 모두 처리합니다 (Ctrl+Enter).</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Stop. What is done stays, and Start goes on from there.</source>
        <translation>중단합니다. 완료한 것은 그대로 남으며, 시작을 누르면 이어서 합니다.</translation>
    </message>
    <message>
        <source>Retry failed</source>
        <translation>실패한 사진 다시 시도</translation>
    </message>
    <message>
        <source>Try the photos that failed once more; the others stay.</source>
        <translation>실패한 사진만 한 번 더 시도합니다. 나머지는 그대로 둡니다.</translation>
    </message>
    <message>
        <source>Show failed first</source>
        <translation>실패한 사진 먼저 보기</translation>
    </message>
    <message>
        <source>Sort the table: failed photos first, then those that need a look.</source>
        <translation>표를 정렬합니다. 실패한 사진이 먼저, 확인이 필요한 사진이 그다음입니다.</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>Show the results.</source>
        <translation>결과를 봅니다.</translation>
    </message>
    <message>
        <source>What became of the photos</source>
        <translation>사진 처리 결과</translation>
    </message>
    <message>
        <source>Progress of the batch</source>
        <translation>일괄 처리 진행률</translation>
    </message>
    <message>
        <source>How many photos are done</source>
        <translation>완료한 사진 수</translation>
    </message>
    <message>
        <source>How fast it goes, and how long it takes</source>
        <translation>처리 속도와 걸리는 시간</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Go on where it was paused.</source>
        <translation>일시 정지한 곳부터 계속합니다.</translation>
    </message>
    <message>
        <source>Stop for a while, between two tiles.</source>
        <translation>조각과 조각 사이에서 잠시 멈춥니다.</translation>
    </message>
</context>
<context>
    <name>BatchDrop</name>
    <message>
        <source>Add photos…</source>
        <translation>사진 추가…</translation>
    </message>
    <message>
        <source>Choose photos (Ctrl+O).</source>
        <translation>사진을 선택합니다 (Ctrl+O).</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>폴더 추가…</translation>
    </message>
    <message>
        <source>Choose a folder of photos (Ctrl+Shift+O).</source>
        <translation>사진 폴더를 선택합니다 (Ctrl+Shift+O).</translation>
    </message>
    <message>
        <source>Go on with the last batch</source>
        <translation>지난 일괄 처리 계속</translation>
    </message>
    <message>
        <source>Show its photos and its steps. What is done stays; Start does the rest.</source>
        <translation>그 사진과 단계를 보여 줍니다. 완료한 것은 그대로 남으며, 시작을 누르면 나머지를 처리합니다.</translation>
    </message>
    <message>
        <source>Drop photos and folders here to restore them all in one go.</source>
        <translation>사진과 폴더를 여기로 끌어다 놓으면 한꺼번에 복원합니다.</translation>
    </message>
</context>
<context>
    <name>BatchHead</name>
    <message>
        <source>Add photos…</source>
        <translation>사진 추가…</translation>
    </message>
    <message>
        <source>Choose photos (Ctrl+O).</source>
        <translation>사진을 선택합니다 (Ctrl+O).</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>폴더 추가…</translation>
    </message>
    <message>
        <source>Choose a folder of photos (Ctrl+Shift+O).</source>
        <translation>사진 폴더를 선택합니다 (Ctrl+Shift+O).</translation>
    </message>
    <message>
        <source>Clear list</source>
        <translation>목록 지우기</translation>
    </message>
    <message>
        <source>Begin with an empty list. The photos themselves, and their results, stay.</source>
        <translation>빈 목록으로 시작합니다. 사진 파일과 결과는 그대로 남습니다.</translation>
    </message>
    <message>
        <source>Photos in the list</source>
        <translation>목록의 사진</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s), {size}</source>
        <translation>
            <numerusform>사진 %n장, {size}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BatchHeader</name>
    <message>
        <source>Headings</source>
        <translation>머리글</translation>
    </message>
</context>
<context>
    <name>BatchModel</name>
    <message>
        <source>Photo</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Needs a look</source>
        <translation>확인 필요</translation>
    </message>
    <message>
        <source>Sort by name. A third click puts back the order of the folders.</source>
        <translation>이름순으로 정렬합니다. 세 번째 클릭하면 폴더의 순서로 돌아갑니다.</translation>
    </message>
    <message>
        <source>Sort by size: megapixels, and the size of the file.</source>
        <translation>크기순으로 정렬합니다. 메가픽셀과 파일 크기를 봅니다.</translation>
    </message>
    <message>
        <source>Sort by state: waiting, working, done, failed, skipped.</source>
        <translation>상태순으로 정렬합니다: 대기, 작업 중, 완료, 실패, 건너뜀.</translation>
    </message>
    <message>
        <source>Sort by the time that a photo took, from reading to saving.</source>
        <translation>사진을 읽어서 저장할 때까지 걸린 시간순으로 정렬합니다.</translation>
    </message>
    <message>
        <source>Sort by what needs a look: failed photos first, then those with flags.</source>
        <translation>확인이 필요한 순서로 정렬합니다. 실패한 사진이 먼저, 확인 표시가 붙은 사진이 그다음입니다.</translation>
    </message>
</context>
<context>
    <name>BatchPage</name>
    <message>
        <source>The batch is running. Please add photos when it has ended, or cancel it first.</source>
        <translation>일괄 처리가 실행 중입니다. 끝난 뒤에 사진을 추가하거나 먼저 취소하세요.</translation>
    </message>
    <message>
        <source>The job had other models inside its tools. It works with those in use on the Models page now.</source>
        <translation>작업의 도구 안에는 다른 모델이 있었습니다. 이제 모델 화면에서 쓰고 있는 모델로 작업합니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) that are no photos were left out: {name}.</source>
        <translation>
            <numerusform>사진이 아닌 파일 %n개를 제외했습니다: {name}.</numerusform>
        </translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Try at once, without waiting.</source>
        <translation>기다리지 않고 바로 다시 시도합니다.</translation>
    </message>
    <message>
        <source>Looking through the folders…</source>
        <translation>폴더를 살펴보는 중…</translation>
    </message>
    <message>
        <source>Stopped. Start goes on with what is left.</source>
        <translation>중단했습니다. 시작을 누르면 남은 것을 이어서 합니다.</translation>
    </message>
    <message>
        <source>No photos yet. Start waits for those that arrive.</source>
        <translation>아직 사진이 없습니다. 시작을 누르면 들어오는 사진을 기다립니다.</translation>
    </message>
    <message>
        <source>Stopped. Start begins anew.</source>
        <translation>중단했습니다. 시작을 누르면 처음부터 다시 합니다.</translation>
    </message>
    <message>
        <source>There is no photo in the studio. Please open one there, and set its tools.</source>
        <translation>스튜디오에 사진이 없습니다. 스튜디오에서 사진을 열고 도구를 설정하세요.</translation>
    </message>
</context>
<context>
    <name>BatchProgress</name>
    <message>
        <source>Looking through the photos…</source>
        <translation>사진을 살펴보는 중…</translation>
    </message>
    <message numerus="yes">
        <source>Watching for new photos; %n done so far.</source>
        <translation>
            <numerusform>새 사진을 기다리는 중입니다. 지금까지 %n장을 완료했습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{total}장 가운데 {done}장</translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n장 실패</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n need(s) a look</source>
        <translation>
            <numerusform>%n장 확인 필요</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) done</source>
        <translation>
            <numerusform>사진 %n장 완료</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n skipped</source>
        <translation>
            <numerusform>%n장 건너뜀</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left</source>
        <translation>
            <numerusform>%n장 남음</numerusform>
        </translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>일시 정지됨</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>대기 중</translation>
    </message>
    <message>
        <source>Waits for the studio</source>
        <translation>스튜디오를 기다리는 중</translation>
    </message>
</context>
<context>
    <name>BatchReviewing</name>
    <message>
        <source>The results are in {folder}.</source>
        <translation>결과는 {folder} 폴더에 있습니다.</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>{number} / {total}</translation>
    </message>
    <message>
        <source>Open result beside original</source>
        <translation>결과를 원본 옆에 열기</translation>
    </message>
    <message>
        <source>Open original in Studio</source>
        <translation>스튜디오에서 원본 열기</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>폴더에서 보기</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>목록에서 빼기</translation>
    </message>
</context>
<context>
    <name>BatchSettings</name>
    <message>
        <source>The tools are being loaded…</source>
        <translation>도구를 불러오는 중…</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>사전 설정</translation>
    </message>
    <message>
        <source>Load job…</source>
        <translation>작업 불러오기…</translation>
    </message>
    <message>
        <source>Load steps, photos and output from a job&apos;s file.</source>
        <translation>작업 파일에서 단계, 사진, 출력을 불러옵니다.</translation>
    </message>
    <message>
        <source>Save job…</source>
        <translation>작업 저장…</translation>
    </message>
    <message>
        <source>Save steps, photos and output in a small file. “aestudio batch” runs it without a window.</source>
        <translation>단계, 사진, 출력을 작은 파일로 저장합니다. “aestudio batch”로 창 없이 실행할 수 있습니다.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>알림</translation>
    </message>
    <message>
        <source>No tool is on for {name}. Please switch one on in the studio first.</source>
        <translation>{name}에 켜져 있는 도구가 없습니다. 먼저 스튜디오에서 도구를 켜세요.</translation>
    </message>
    <message>
        <source>Load job</source>
        <translation>작업 불러오기</translation>
    </message>
    <message>
        <source>Save job</source>
        <translation>작업 저장</translation>
    </message>
    <message>
        <source>Job saved as {name}.</source>
        <translation>작업을 {name}(으)로 저장했습니다.</translation>
    </message>
    <message>
        <source>Batch jobs</source>
        <translation>일괄 처리 작업</translation>
    </message>
</context>
<context>
    <name>BatchTable</name>
    <message>
        <source>Photos of the batch</source>
        <translation>일괄 처리할 사진</translation>
    </message>
</context>
<context>
    <name>BatchWords</name>
    <message>
        <source>waiting</source>
        <translation>대기</translation>
    </message>
    <message>
        <source>working</source>
        <translation>작업 중</translation>
    </message>
    <message>
        <source>done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>건너뜀</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds}초</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes}분 {seconds}초</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours}시간 {minutes}분</translation>
    </message>
    <message>
        <source>{seconds} s left</source>
        <translation>{seconds}초 남음</translation>
    </message>
    <message>
        <source>{minutes} min left</source>
        <translation>{minutes}분 남음</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min left</source>
        <translation>{hours}시간 {minutes}분 남음</translation>
    </message>
    <message>
        <source>{number} photos per hour</source>
        <translation>시간당 사진 {number}장</translation>
    </message>
    <message>
        <source>{number} MP</source>
        <translation>{number} MP</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>밝기</translation>
    </message>
    <message>
        <source>Shadows</source>
        <translation>어두운 부분</translation>
    </message>
    <message>
        <source>Lights</source>
        <translation>밝은 부분</translation>
    </message>
    <message>
        <source>Colour cast</source>
        <translation>색 치우침</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>메타데이터</translation>
    </message>
    <message>
        <source>Mark left</source>
        <translation>남은 마크</translation>
    </message>
    <message>
        <source>Changed beside the mark</source>
        <translation>마크 밖의 변화</translation>
    </message>
    <message>
        <source>Left of the mark: {percent}.</source>
        <translation>남은 마크: {percent}.</translation>
    </message>
    <message>
        <source>Changed where no mark may be: {percent}.</source>
        <translation>마크가 아닐 수 있는 곳의 변화: {percent}.</translation>
    </message>
</context>
<context>
    <name>BlendPage</name>
    <message>
        <source>What is chosen in the row of photos below.</source>
        <translation>아래 사진 줄에서 고르는 것을 정합니다.</translation>
    </message>
    <message>
        <source>Choose the first photo below</source>
        <translation>아래에서 첫 번째 사진 선택</translation>
    </message>
    <message>
        <source>Choose the second photo below</source>
        <translation>아래에서 두 번째 사진 선택</translation>
    </message>
    <message>
        <source>Second photo</source>
        <translation>두 번째 사진</translation>
    </message>
    <message>
        <source>How much of the second photo is in the picture.</source>
        <translation>그림에 두 번째 사진이 얼마나 들어가는지 정합니다.</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>서로 바꾸기</translation>
    </message>
    <message>
        <source>Make the second photo the first one.</source>
        <translation>두 번째 사진을 첫 번째로 바꿉니다.</translation>
    </message>
    <message>
        <source>A photo on the way from one to another: not both on top of each other.</source>
        <translation>한 사진에서 다른 사진으로 가는 도중의 사진입니다. 두 사진을 겹친 것이 아닙니다.</translation>
    </message>
    <message>
        <source>The codes of this model lie around the middle, and so does the way between them (spherical).</source>
        <translation>이 모델의 코드는 중심을 둘러싸고 있어, 코드 사이의 경로도 중심을 둘러 갑니다 (구면 보간).</translation>
    </message>
    <message>
        <source>The codes of this model are mixed in proportion (linear).</source>
        <translation>이 모델의 코드는 비율대로 섞습니다 (선형 보간).</translation>
    </message>
</context>
<context>
    <name>CanvasBar</name>
    <message>
        <source>Split</source>
        <translation>분할</translation>
    </message>
    <message>
        <source>Before and after on one photo, with a line to drag (S)</source>
        <translation>한 사진에서 원본과 결과를 나누어 보고 경계선을 끌어 비교합니다 (S)</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>나란히 보기</translation>
    </message>
    <message>
        <source>Before and after beside each other (D)</source>
        <translation>원본과 결과를 나란히 봅니다 (D)</translation>
    </message>
    <message>
        <source>Single</source>
        <translation>하나만</translation>
    </message>
    <message>
        <source>Only the result. Hold Space to see the original.</source>
        <translation>결과만 봅니다. Space를 누르고 있으면 원본이 보입니다.</translation>
    </message>
    <message>
        <source>Loupe</source>
        <translation>돋보기</translation>
    </message>
    <message>
        <source>A part of the photo at 1:1. It is restored first.</source>
        <translation>사진의 일부를 1:1로 봅니다. 이 부분을 먼저 복원합니다.</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>맞춤</translation>
    </message>
    <message>
        <source>Show the whole photo (F)</source>
        <translation>사진 전체를 봅니다 (F)</translation>
    </message>
    <message>
        <source>1:1</source>
        <translation>1:1</translation>
    </message>
    <message>
        <source>One pixel of the photo on one of the screen (Z)</source>
        <translation>사진의 한 픽셀을 화면의 한 픽셀로 봅니다 (Z)</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>배율</translation>
    </message>
    <message>
        <source>Zoom (+ and −, or the mouse wheel)</source>
        <translation>배율 (+ 와 −, 또는 마우스 휠)</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>The pixel under the pointer: column, row</source>
        <translation>포인터 아래의 픽셀: 열, 행</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>색</translation>
    </message>
    <message>
        <source>Its red, green and blue, as the photo has them</source>
        <translation>사진에 담긴 빨강, 초록, 파랑 값</translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation>캔버스</translation>
    </message>
</context>
<context>
    <name>CanvasSurface</name>
    <message>
        <source>Photo</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>원본</translation>
    </message>
    <message>
        <source>After</source>
        <translation>결과</translation>
    </message>
</context>
<context>
    <name>ChannelBars</name>
    <message>
        <source>Channel {number}, {share} of the bits</source>
        <translation>채널 {number}, 비트의 {share}</translation>
    </message>
    <message>
        <source>Share of the bits by channel, up to {share}</source>
        <translation>채널별 비트 비율, 최대 {share}</translation>
    </message>
</context>
<context>
    <name>ChartWindow</name>
    <message>
        <source>Size and quality</source>
        <translation>크기와 품질</translation>
    </message>
</context>
<context>
    <name>ChoiceSection</name>
    <message>
        <source>Photos</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Show or hide which photos are meant, and when to stop.</source>
        <translation>대상 사진과 중단 조건을 펼치거나 접습니다.</translation>
    </message>
    <message>
        <source>Only photos with names like these, such as *.jpg or 2024/*; several with spaces between them. Empty: all photos.</source>
        <translation>*.jpg나 2024/*처럼 이 형식에 맞는 이름의 사진만 처리합니다. 여러 개는 빈칸으로 나눕니다. 비워 두면 모든 사진을 처리합니다.</translation>
    </message>
    <message>
        <source>never</source>
        <translation>중단 안 함</translation>
    </message>
    <message>
        <source>How many photos may fail before the job stops. Fewer stop a job early that goes wrong.</source>
        <translation>사진이 몇 장 실패하면 작업을 중단할지 정합니다. 적게 정하면 잘못된 작업이 일찍 멈춥니다.</translation>
    </message>
    <message>
        <source>Sub-folders</source>
        <translation>하위 폴더</translation>
    </message>
    <message>
        <source>Photos in the folders below, too. The results lie in folders of the same names.</source>
        <translation>아래 폴더의 사진도 처리합니다. 결과는 같은 이름의 폴더에 들어갑니다.</translation>
    </message>
    <message>
        <source>Watch the folders</source>
        <translation>폴더 지켜보기</translation>
    </message>
    <message>
        <source>The job does not end: photos that arrive later are done as soon as they are complete.</source>
        <translation>작업이 끝나지 않습니다. 나중에 들어오는 사진도 파일이 온전해지면 바로 처리합니다.</translation>
    </message>
    <message>
        <source>Very large photos</source>
        <translation>매우 큰 사진</translation>
    </message>
    <message>
        <source>Open photos of more than 200 megapixels, too, which takes gigabytes of memory.</source>
        <translation>200메가픽셀이 넘는 사진도 엽니다. 메모리를 수 기가바이트 씁니다.</translation>
    </message>
    <message>
        <source>Damaged photos</source>
        <translation>손상된 사진</translation>
    </message>
    <message>
        <source>Save what can be read of damaged photos. Off: they are reported as failed.</source>
        <translation>손상된 사진에서 읽을 수 있는 부분을 저장합니다. 끄면 실패로 알립니다.</translation>
    </message>
    <message>
        <source>Only like</source>
        <translation>이름 조건</translation>
    </message>
    <message>
        <source>Stop after failures</source>
        <translation>중단할 실패 수</translation>
    </message>
</context>
<context>
    <name>ClassList</name>
    <message>
        <source>Class</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Labelled</source>
        <translation>라벨</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>찾음</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>모든 사진</translation>
    </message>
    <message>
        <source>To label next</source>
        <translation>다음에 라벨을 붙일 사진</translation>
    </message>
    <message>
        <source>The photos that are least certain: their labels help most.</source>
        <translation>가장 확실하지 않은 사진입니다. 여기에 라벨을 붙이면 가장 도움이 됩니다.</translation>
    </message>
    <message>
        <source>{count} of {wanted}</source>
        <translation>{count} / {wanted}</translation>
    </message>
    <message numerus="yes">
        <source>Please label %n more.</source>
        <translation>
            <numerusform>%n장에 라벨을 더 붙이세요.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Closing</name>
    <message>
        <source>A photo is still being restored. Closing stops that.</source>
        <translation>아직 사진을 복원하고 있습니다. 닫으면 작업이 중단됩니다.</translation>
    </message>
    <message>
        <source>A photo is still being compressed. Closing stops that.</source>
        <translation>아직 사진을 압축하고 있습니다. 닫으면 작업이 중단됩니다.</translation>
    </message>
    <message>
        <source>A photo is still being saved. That is finished first.</source>
        <translation>아직 사진을 저장하고 있습니다. 저장을 마친 뒤에 닫습니다.</translation>
    </message>
    <message>
        <source>A training is still running. Closing stops it; it can be gone on with from its checkpoint.</source>
        <translation>아직 학습하고 있습니다. 닫으면 중단되며, 체크포인트부터 이어서 할 수 있습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) have results that are not saved.</source>
        <translation>
            <numerusform>저장하지 않은 결과가 있는 사진이 %n장 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Save all</source>
        <translation>모두 저장</translation>
    </message>
    <message>
        <source>Each beside its original, under a new name.</source>
        <translation>각각 원본 옆에 새 이름으로 저장합니다.</translation>
    </message>
    <message>
        <source>Close without saving</source>
        <translation>저장하지 않고 닫기</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>중단하고 닫기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>A batch still watches its folders. Closing ends that; it can be gone on with later.</source>
        <translation>일괄 처리가 아직 폴더를 지켜보고 있습니다. 닫으면 멈추며, 나중에 이어서 할 수 있습니다.</translation>
    </message>
    <message>
        <source>A batch is still running. Closing stops it; it can be gone on with later.</source>
        <translation>아직 일괄 처리를 하고 있습니다. 닫으면 중단되며, 나중에 이어서 할 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>CodeView</name>
    <message>
        <source>What the file holds</source>
        <translation>파일에 담긴 것</translation>
    </message>
    <message>
        <source>&amp;Order</source>
        <translation>순서(&amp;O)</translation>
    </message>
    <message>
        <source>Order of the channels</source>
        <translation>채널 순서</translation>
    </message>
    <message>
        <source>Begin with what costs the most, or with the mean colour.</source>
        <translation>비트를 가장 많이 쓰는 채널부터, 또는 평균색부터 보여 줍니다.</translation>
    </message>
    <message>
        <source>By bits</source>
        <translation>비트순</translation>
    </message>
    <message>
        <source>In order</source>
        <translation>원래 순서</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>채널</translation>
    </message>
    <message>
        <source>The chosen channel</source>
        <translation>고른 채널</translation>
    </message>
    <message>
        <source>Grey is nothing. Brighter and darker: how much of its pattern a square of 8 × 8 pixels holds.</source>
        <translation>회색은 값이 없는 곳입니다. 밝거나 어두울수록 8 × 8 픽셀 칸에 이 무늬가 많이 들어 있습니다.</translation>
    </message>
    <message>
        <source>About the chosen channel</source>
        <translation>고른 채널 설명</translation>
    </message>
    <message>
        <source>Share of the bits by channel</source>
        <translation>채널별 비트 비율</translation>
    </message>
    <message>
        <source>Compress a photo to see what its file holds.</source>
        <translation>사진을 압축하면 파일에 무엇이 담기는지 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>The photo is split into {count} pictures of patterns, from its mean colour to its finest texture. Each gets bits where it is needed.</source>
        <translation>사진을 평균색부터 가장 고운 질감까지 {count}개의 무늬 그림으로 나눕니다. 저마다 필요한 곳에 비트를 씁니다.</translation>
    </message>
    <message>
        <source>Channel {number} holds {share} of the bits: {size}.</source>
        <translation>채널 {number}은(는) 비트의 {share}를 씁니다: {size}.</translation>
    </message>
    <message>
        <source>Symbols from {low} to {high}; {zeros} are zero.</source>
        <translation>기호는 {low}부터 {high}까지이고, {zeros}가 0입니다.</translation>
    </message>
    <message>
        <source>All of its symbols are zero.</source>
        <translation>기호가 모두 0입니다.</translation>
    </message>
</context>
<context>
    <name>CodeWindow</name>
    <message>
        <source>What the file holds</source>
        <translation>파일에 담긴 것</translation>
    </message>
</context>
<context>
    <name>CodingRows</name>
    <message>
        <source>Sees them noisy</source>
        <translation>노이즈를 더해 보기</translation>
    </message>
    <message>
        <source>While it learns it is shown photos with noise, and asked for the good ones (a denoising autoencoder): what it tells of a photo depends less on its grain then.</source>
        <translation>학습하는 동안 노이즈를 더한 사진을 보여 주고 깨끗한 사진을 되살리게 합니다 (노이즈 제거 오토인코더). 그러면 사진을 나타낼 때 입자의 영향을 덜 받습니다.</translation>
    </message>
    <message>
        <source>The most noise, in levels of 255. More makes it look at large shapes, less at detail, too.</source>
        <translation>가장 강한 노이즈의 세기입니다 (255단계 기준). 높이면 큰 형태를 보고, 낮추면 세부도 봅니다.</translation>
    </message>
    <message>
        <source>Sees them with holes</source>
        <translation>구멍을 내어 보기</translation>
    </message>
    <message>
        <source>While it learns some pixels are left out, and it is asked for the whole photo (dropout on the input): it learns what belongs together.</source>
        <translation>학습하는 동안 픽셀 일부를 빼고 온전한 사진을 되살리게 합니다 (입력 드롭아웃). 무엇이 함께 어울리는지 배웁니다.</translation>
    </message>
    <message>
        <source>The most pixels that are left out. More makes it look at large shapes, less at detail, too.</source>
        <translation>빼는 픽셀의 최대 비율입니다. 높이면 큰 형태를 보고, 낮추면 세부도 봅니다.</translation>
    </message>
    <message>
        <source>Its codes leave no gaps (a variational autoencoder): what lies between two photos, or is drawn at random, looks like a photo, too. Photos come back a little softer for it.</source>
        <translation>코드 사이에 빈틈이 없습니다 (변분 오토인코더). 두 사진의 중간에 있거나 무작위로 뽑은 것도 사진처럼 보입니다. 그 대신 되살린 사진이 조금 부드러워집니다.</translation>
    </message>
    <message>
        <source>Can make up photos</source>
        <translation>사진을 지어낼 수 있음</translation>
    </message>
    <message>
        <source>How much that counts beside likeness (beta). More leaves fewer gaps, less gives sharper photos.</source>
        <translation>닮은 정도에 견주어 이것을 얼마나 중요하게 볼지 정합니다 (베타). 높이면 빈틈이 줄고, 낮추면 사진이 더 선명합니다.</translation>
    </message>
    <message>
        <source>{switch}: how much</source>
        <translation>{switch}: 정도</translation>
    </message>
    <message>
        <source>The model that it starts from can, and so can this one. Please start from another one if it need not.</source>
        <translation>시작하는 모델이 사진을 지어낼 수 있어 이 모델도 그렇습니다. 필요 없으면 다른 모델에서 시작하세요.</translation>
    </message>
</context>
<context>
    <name>ColourPicker</name>
    <message>
        <source>Colour of this place</source>
        <translation>이 자리의 색</translation>
    </message>
    <message>
        <source>Likely here, number {number}</source>
        <translation>여기에 어울리는 색 {number}</translation>
    </message>
    <message>
        <source>Take from a photo</source>
        <translation>사진에서 가져오기</translation>
    </message>
    <message>
        <source>Click on a colour in this photo, or choose another one first.</source>
        <translation>이 사진에서 색을 클릭하거나, 먼저 다른 사진을 고르세요.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Take this hint away (Del).</source>
        <translation>이 힌트를 지웁니다(Del).</translation>
    </message>
    <message>
        <source>Likely here</source>
        <translation>여기에 어울리는 색</translation>
    </message>
    <message>
        <source>Usual colours</source>
        <translation>흔한 색</translation>
    </message>
    <message>
        <source>All colours</source>
        <translation>모든 색</translation>
    </message>
</context>
<context>
    <name>Comparing</name>
    <message>
        <source>Open a photo to compare models on it.</source>
        <translation>사진을 열면 그 사진에서 모델을 비교할 수 있습니다.</translation>
    </message>
    <message>
        <source>Switch the tool on to compare models.</source>
        <translation>도구를 켜면 모델을 비교할 수 있습니다.</translation>
    </message>
    <message>
        <source>Switch Compress off to compare models.</source>
        <translation>압축을 끄면 모델을 비교할 수 있습니다.</translation>
    </message>
    <message>
        <source>There is no other model that could be used.</source>
        <translation>쓸 수 있는 다른 모델이 없습니다.</translation>
    </message>
    <message>
        <source>Built-in model</source>
        <translation>기본 모델</translation>
    </message>
</context>
<context>
    <name>ComponentsView</name>
    <message>
        <source>PCA and autoencoder</source>
        <translation>PCA와 오토인코더</translation>
    </message>
    <message>
        <source>How much of a photo a few numbers keep, with two ways to choose them.</source>
        <translation>숫자 몇 개에 사진이 얼마나 남는지, 숫자를 고르는 두 방법으로 보여 줍니다.</translation>
    </message>
    <message>
        <source>How much of a photo do a few numbers keep? Both ways put the main thing first, and each further number adds detail.</source>
        <translation>숫자 몇 개에 사진이 얼마나 남을까요? 두 방법 모두 가장 중요한 것을 앞에 두고, 숫자가 하나씩 늘 때마다 세부를 더합니다.</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>The photo in 128×128 pixels, which is what both ways are given.</source>
        <translation>128×128픽셀로 줄인 사진입니다. 두 방법에 모두 이 사진을 줍니다.</translation>
    </message>
    <message>
        <source>PCA</source>
        <translation>PCA</translation>
    </message>
    <message>
        <source>A mix of fixed patterns in which these photos differ most (principal component analysis).</source>
        <translation>이 사진들이 가장 크게 차이 나는 정해진 무늬를 섞은 것입니다 (주성분 분석).</translation>
    </message>
    <message>
        <source>Autoencoder</source>
        <translation>오토인코더</translation>
    </message>
    <message>
        <source>What the trained network draws from the first numbers of the photo&apos;s code.</source>
        <translation>학습한 네트워크가 사진 코드의 앞쪽 숫자로 그린 그림입니다.</translation>
    </message>
    <message>
        <source>How many numbers are kept of the photo: more keep more detail.</source>
        <translation>사진에서 숫자를 몇 개 남길지 정합니다. 많을수록 세부가 더 남습니다.</translation>
    </message>
    <message>
        <source>Numbers slider</source>
        <translation>숫자 개수 슬라이더</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>숫자 개수</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>판정</translation>
    </message>
    <message>
        <source>How far the comparison is</source>
        <translation>비교 진행률</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중단</translation>
    </message>
    <message>
        <source>Stop the comparison.</source>
        <translation>비교를 중단합니다.</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>Fit PCA to most of the photos, and judge both ways on the others.</source>
        <translation>사진 대부분에 PCA를 맞추고, 나머지 사진으로 두 방법을 판정합니다.</translation>
    </message>
    <message>
        <source>PCA is being fitted.</source>
        <translation>PCA를 맞추고 있습니다.</translation>
    </message>
    <message>
        <source>Both are being judged.</source>
        <translation>두 방법을 판정하고 있습니다.</translation>
    </message>
    <message>
        <source>Fitting PCA took {seconds} s, to {photos} photos that are spread evenly over {given}.</source>
        <translation>사진 {given}장에서 고르게 뽑은 {photos}장에 PCA를 맞추는 데 {seconds}초 걸렸습니다.</translation>
    </message>
    <message numerus="yes">
        <source>Fitting PCA to %n photo(s) took {seconds} s.</source>
        <translation>
            <numerusform>사진 %n장에 PCA를 맞추는 데 {seconds}초 걸렸습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Not fitted yet.</source>
        <translation>아직 맞추지 않았습니다.</translation>
    </message>
    <message>
        <source>{nearness} dB, mean squared error {error}</source>
        <translation>{nearness} dB, 평균 제곱 오차 {error}</translation>
    </message>
</context>
<context>
    <name>CompressLab</name>
    <message>
        <source>Compressing {name}</source>
        <translation>{name} 압축 중</translation>
    </message>
    <message>
        <source>Measuring {format} for the chart</source>
        <translation>차트에 쓸 {format} 측정 중</translation>
    </message>
    <message>
        <source>Looking where the bits go</source>
        <translation>비트가 쓰인 곳을 찾는 중</translation>
    </message>
    <message>
        <source>Comparing with {format}</source>
        <translation>{format}와(과) 비교하는 중</translation>
    </message>
</context>
<context>
    <name>Consent</name>
    <message>
        <source>Yes, I have</source>
        <translation>예, 있습니다</translation>
    </message>
    <message>
        <source>No</source>
        <translation>아니요</translation>
    </message>
</context>
<context>
    <name>DeskStage</name>
    <message>
        <source>Photo</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>The photo that the sliders begin with.</source>
        <translation>슬라이더의 출발점이 되는 사진입니다.</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>만든 그림</translation>
    </message>
    <message>
        <source>What the model draws for the sliders as they are.</source>
        <translation>지금 슬라이더 값으로 모델이 그린 그림입니다.</translation>
    </message>
    <message>
        <source>Film strip</source>
        <translation>필름스트립</translation>
    </message>
    <message>
        <source>The way along one direction, from −3 to 3 (standard deviations). A click goes there.</source>
        <translation>한 방향으로 −3에서 3까지(표준편차) 변해 가는 모습입니다. 클릭하면 그 자리로 갑니다.</translation>
    </message>
    <message>
        <source>First photo</source>
        <translation>첫 번째 사진</translation>
    </message>
    <message>
        <source>Where the way begins.</source>
        <translation>경로가 시작하는 곳입니다.</translation>
    </message>
    <message>
        <source>Between</source>
        <translation>중간</translation>
    </message>
    <message>
        <source>What the model draws there.</source>
        <translation>그 자리에서 모델이 그린 그림입니다.</translation>
    </message>
    <message>
        <source>Second photo</source>
        <translation>두 번째 사진</translation>
    </message>
    <message>
        <source>Where the way ends.</source>
        <translation>경로가 끝나는 곳입니다.</translation>
    </message>
    <message>
        <source>A double click puts a picture on the sliders.</source>
        <translation>그림을 두 번 클릭하면 슬라이더에 올립니다.</translation>
    </message>
    <message>
        <source>Invented pictures</source>
        <translation>지어낸 그림</translation>
    </message>
    <message>
        <source>Pictures of the codes in the file</source>
        <translation>파일에 든 코드의 그림</translation>
    </message>
</context>
<context>
    <name>DeskView</name>
    <message>
        <source>Desk</source>
        <translation>작업대</translation>
    </message>
    <message>
        <source>Change photos by their codes, blend two of them, or invent some.</source>
        <translation>코드로 사진을 바꾸거나, 두 장을 섞거나, 새로 지어냅니다.</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>바꾸기</translation>
    </message>
    <message>
        <source>Blend</source>
        <translation>섞기</translation>
    </message>
    <message>
        <source>Invent</source>
        <translation>지어내기</translation>
    </message>
    <message>
        <source>From a file</source>
        <translation>파일에서</translation>
    </message>
    <message>
        <source>What to do on the desk</source>
        <translation>작업대에서 할 일</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>처리한 내용</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>그림 저장…</translation>
    </message>
    <message>
        <source>Save the picture that was made as PNG.</source>
        <translation>만든 그림을 PNG로 저장합니다.</translation>
    </message>
    <message>
        <source>Save codes…</source>
        <translation>코드 저장…</translation>
    </message>
    <message>
        <source>Save the codes of all photos in a file, which NumPy can read as well (.npz).</source>
        <translation>모든 사진의 코드를 파일에 저장합니다. NumPy에서도 읽을 수 있습니다 (.npz).</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>{name}(으)로 저장했습니다.</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>그림 저장</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>그림</translation>
    </message>
    <message>
        <source>Save the codes</source>
        <translation>코드 저장</translation>
    </message>
    <message>
        <source>Codes</source>
        <translation>코드</translation>
    </message>
    <message>
        <source>Open codes</source>
        <translation>코드 열기</translation>
    </message>
</context>
<context>
    <name>DirectionRow</name>
    <message>
        <source>Direction {number}</source>
        <translation>방향 {number}</translation>
    </message>
    <message>
        <source>{share} % of what makes these photos differ. 0 is the average photo, 1 is as far off as photos usually are (one standard deviation of their codes along this principal direction).</source>
        <translation>이 사진들의 차이 가운데 {share} %를 차지합니다. 0은 평균 사진이고, 1은 사진들이 평균에서 보통 벗어나는 만큼입니다 (이 주성분 방향에서 코드의 표준편차 하나).</translation>
    </message>
    <message>
        <source>{direction}: show the way</source>
        <translation>{direction}: 변화 보기</translation>
    </message>
    <message>
        <source>Show the way along this direction as a film strip.</source>
        <translation>이 방향으로 변해 가는 모습을 필름스트립으로 보여 줍니다.</translation>
    </message>
    <message>
        <source>{direction} slider</source>
        <translation>{direction} 슬라이더</translation>
    </message>
    <message>
        <source>{direction}: back to the photo</source>
        <translation>{direction}: 사진의 값으로</translation>
    </message>
    <message>
        <source>Back to where the photo is. A double click on the slider does the same.</source>
        <translation>사진의 값으로 되돌립니다. 슬라이더를 두 번 클릭해도 됩니다.</translation>
    </message>
</context>
<context>
    <name>DirectionSliders</name>
    <message>
        <source>Reset all</source>
        <translation>모두 되돌리기</translation>
    </message>
    <message>
        <source>Take all sliders back to where the photo is.</source>
        <translation>모든 슬라이더를 사진의 값으로 되돌립니다.</translation>
    </message>
    <message>
        <source>Each slider changes one of the things in which these photos differ most, the main one first.</source>
        <translation>슬라이더마다 이 사진들이 가장 크게 차이 나는 점을 하나씩 바꿉니다. 가장 중요한 것이 맨 앞에 있습니다.</translation>
    </message>
    <message>
        <source>These photos do not differ: there is no slider.</source>
        <translation>사진들에 차이가 없어 슬라이더가 없습니다.</translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <source>Choose…</source>
        <translation>선택…</translation>
    </message>
    <message>
        <source>Choose a folder of photos.</source>
        <translation>사진 폴더를 선택합니다.</translation>
    </message>
    <message>
        <source>Choose a folder: {name}</source>
        <translation>폴더 선택: {name}</translation>
    </message>
</context>
<context>
    <name>ExamplePanel</name>
    <message>
        <source>Example</source>
        <translation>예시</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>파일 선택…</translation>
    </message>
    <message>
        <source>Take a photo as the example that may lie anywhere. It can be dropped here, too.</source>
        <translation>다른 곳에 있는 사진을 예시로 씁니다. 여기로 끌어다 놓아도 됩니다.</translation>
    </message>
    <message>
        <source>Show all photos</source>
        <translation>모든 사진 보기</translation>
    </message>
    <message>
        <source>Go back to all photos, to choose an example.</source>
        <translation>모든 사진으로 돌아가 예시를 고릅니다.</translation>
    </message>
    <message>
        <source>Show at most so many photos, the nearest first.</source>
        <translation>가장 비슷한 사진부터 최대 이만큼 보여 줍니다.</translation>
    </message>
    <message>
        <source>Show only photos that are at least so near. 100 % is the same picture; copies that were cropped or toned mostly have more than 50 %, and photos that have nothing in common about 0 %. It is the cosine of the partly whitened codes.</source>
        <translation>적어도 이만큼 비슷한 사진만 보여 줍니다. 100 %는 같은 그림입니다. 자르거나 색조를 바꾼 사본은 대개 50 %를 넘고, 공통점이 없는 사진은 0 %쯤입니다. 부분적으로 백색화한 코드의 코사인 값입니다.</translation>
    </message>
    <message>
        <source>Photos at most</source>
        <translation>최대 사진 수</translation>
    </message>
    <message>
        <source>Nearness from</source>
        <translation>최소 유사도</translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height}픽셀</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
</context>
<context>
    <name>ExamplePicture</name>
    <message>
        <source>Double-click a photo, or drop one from anywhere.</source>
        <translation>사진을 두 번 클릭하거나, 다른 곳의 사진을 끌어다 놓으세요.</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>예시</translation>
    </message>
</context>
<context>
    <name>ExploreHead</name>
    <message>
        <source>Choose folder…</source>
        <translation>폴더 선택…</translation>
    </message>
    <message>
        <source>Explore another folder (Ctrl+Shift+O).</source>
        <translation>다른 폴더를 탐색합니다 (Ctrl+Shift+O).</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>다시 살펴보기</translation>
    </message>
    <message>
        <source>Look for photos that are new, changed or gone.</source>
        <translation>새로 생기거나 바뀌거나 없어진 사진을 찾습니다.</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Photos in the folders</source>
        <translation>폴더의 사진</translation>
    </message>
    <message>
        <source>Show which photos cannot be read, and why.</source>
        <translation>읽을 수 없는 사진과 그 까닭을 보여 줍니다.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>The model that puts photos into codes: by these they are compared.</source>
        <translation>사진을 코드로 바꾸는 모델입니다. 사진은 이 코드로 비교합니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>사진 %n장</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them twice</source>
        <translation>
            <numerusform>그중 %n장 중복</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unreadable</source>
        <translation>
            <numerusform>읽을 수 없는 사진 %n장</numerusform>
        </translation>
    </message>
    <message>
        <source>{name} (built-in)</source>
        <translation>{name} (기본 제공)</translation>
    </message>
    <message>
        <source>{name} (damaged)</source>
        <translation>{name} (손상됨)</translation>
    </message>
</context>
<context>
    <name>ExploreLooking</name>
    <message>
        <source>Photos that were looked at</source>
        <translation>살펴본 사진</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중단</translation>
    </message>
    <message>
        <source>Stop looking. What is done is kept for next time.</source>
        <translation>살펴보기를 중단합니다. 완료한 것은 다음을 위해 남겨 둡니다.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Go on looking where it was stopped.</source>
        <translation>중단한 곳부터 계속 살펴봅니다.</translation>
    </message>
    <message>
        <source>Looking at the photos in {names}</source>
        <translation>{names}의 사진을 살펴보는 중</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>준비하는 중…</translation>
    </message>
    <message>
        <source>Photos are only read. What is found is kept, so that next time is fast.</source>
        <translation>사진은 읽기만 합니다. 알아낸 것은 남겨 두므로 다음에는 빠릅니다.</translation>
    </message>
    <message>
        <source>Stopped. What is done is kept.</source>
        <translation>중단했습니다. 완료한 것은 남아 있습니다.</translation>
    </message>
    <message>
        <source>{done} of {total} photos</source>
        <translation>사진 {total}장 가운데 {done}장</translation>
    </message>
</context>
<context>
    <name>ExplorePage</name>
    <message>
        <source>Drop a folder here to see all of its photos at once.</source>
        <translation>폴더를 여기로 끌어다 놓으면 그 안의 모든 사진을 한눈에 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>Find photos that are alike, odd ones and duplicates, sort them by example, and look inside the model.</source>
        <translation>비슷한 사진, 별난 사진, 중복된 사진을 찾고, 예시에 따라 분류하고, 모델의 속을 들여다봅니다.</translation>
    </message>
    <message>
        <source>Photos to explore</source>
        <translation>탐색할 사진</translation>
    </message>
</context>
<context>
    <name>Failure</name>
    <message>
        <source>Something went wrong that AEStudio did not expect ({reason}). The details are in the log.</source>
        <translation>예상하지 못한 문제가 생겼습니다 ({reason}). 자세한 내용은 로그에 있습니다.</translation>
    </message>
</context>
<context>
    <name>FiguresTable</name>
    <message>
        <source>File size</source>
        <translation>파일 크기</translation>
    </message>
    <message>
        <source>Of the whole file, with its metadata. 1 KB is 1000 bytes.</source>
        <translation>메타데이터를 포함한 전체 파일의 크기입니다. 1KB는 1000바이트입니다.</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>줄어든 비율</translation>
    </message>
    <message>
        <source>How many times smaller the file is than the photo&apos;s own.</source>
        <translation>원본 파일보다 몇 배 작은지 나타냅니다.</translation>
    </message>
    <message>
        <source>PSNR</source>
        <translation>PSNR</translation>
    </message>
    <message>
        <source>How near each pixel is to what was compressed, in dB. Above 40, hardly anyone sees a difference.</source>
        <translation>각 픽셀이 압축 전과 얼마나 가까운지를 dB로 나타냅니다. 40을 넘으면 차이가 거의 보이지 않습니다.</translation>
    </message>
    <message>
        <source>MS-SSIM</source>
        <translation>MS-SSIM</translation>
    </message>
    <message>
        <source>How well structures of all sizes are kept: 1 is the same. It is nearer to what eyes see.</source>
        <translation>크고 작은 구조가 얼마나 지켜졌는지 나타냅니다. 1이면 똑같습니다. 눈으로 보는 것에 더 가깝습니다.</translation>
    </message>
    <message>
        <source>{value} dB</source>
        <translation>{value} dB</translation>
    </message>
    <message>
        <source>{bits} bits per pixel, without metadata.</source>
        <translation>메타데이터를 빼고 픽셀당 {bits}비트입니다.</translation>
    </message>
</context>
<context>
    <name>FilePage</name>
    <message>
        <source>Open codes…</source>
        <translation>코드 열기…</translation>
    </message>
    <message>
        <source>Make pictures of codes that were saved before.</source>
        <translation>전에 저장한 코드로 그림을 만듭니다.</translation>
    </message>
    <message>
        <source>Change it</source>
        <translation>이 그림 바꾸기</translation>
    </message>
    <message>
        <source>Put the chosen picture on the sliders. A double click on it does the same.</source>
        <translation>고른 그림을 슬라이더에 올립니다. 그림을 두 번 클릭해도 됩니다.</translation>
    </message>
    <message>
        <source>Pictures of codes in a file, without the photos themselves.</source>
        <translation>사진 없이 파일에 든 코드만으로 만든 그림입니다.</translation>
    </message>
    <message>
        <source>The first {shown} of {count} pictures in {name}.</source>
        <translation>{name}의 그림 {count}장 가운데 앞의 {shown}장입니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) in {name}.</source>
        <translation>
            <numerusform>{name}의 그림 %n장입니다.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FileRow</name>
    <message>
        <source>{setting}: choose a folder</source>
        <translation>{setting}: 폴더 선택</translation>
    </message>
    <message>
        <source>{setting}: choose…</source>
        <translation>{setting}: 선택…</translation>
    </message>
    <message>
        <source>{setting}: use none</source>
        <translation>{setting}: 쓰지 않음</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>{name} is missing</source>
        <translation>{name}: 찾을 수 없음</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>그림</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>Filmstrip</source>
        <translation>필름스트립</translation>
    </message>
</context>
<context>
    <name>FilmstripModel</name>
    <message>
        <source>{name}, failed</source>
        <translation>{name}, 실패</translation>
    </message>
    <message>
        <source>{name}, not saved</source>
        <translation>{name}, 저장하지 않음</translation>
    </message>
</context>
<context>
    <name>FlatHeader</name>
    <message>
        <source>Headings</source>
        <translation>머리글</translation>
    </message>
</context>
<context>
    <name>FolderRows</name>
    <message>
        <source>Add a folder: {name}</source>
        <translation>폴더 추가: {name}</translation>
    </message>
    <message>
        <source>Take off {name}</source>
        <translation>{name} 빼기</translation>
    </message>
    <message>
        <source>Take it off the list. The photos stay.</source>
        <translation>목록에서 뺍니다. 사진은 그대로 남습니다.</translation>
    </message>
</context>
<context>
    <name>FoldingSection</name>
    <message>
        <source>Show or hide the settings of this tool.</source>
        <translation>이 도구의 설정을 펼치거나 접습니다.</translation>
    </message>
    <message>
        <source>{tool}: settings</source>
        <translation>{tool}: 설정</translation>
    </message>
    <message>
        <source>Switch the tool on or off for this photo.</source>
        <translation>이 사진에서 도구를 켜거나 끕니다.</translation>
    </message>
</context>
<context>
    <name>HeatScale</name>
    <message>
        <source>Scale</source>
        <translation>눈금</translation>
    </message>
</context>
<context>
    <name>HintFiles</name>
    <message>
        <source>Load hints</source>
        <translation>힌트 불러오기</translation>
    </message>
    <message>
        <source>Save hints</source>
        <translation>힌트 저장</translation>
    </message>
    <message>
        <source>Hints saved as {name}.</source>
        <translation>힌트를 {name}(으)로 저장했습니다.</translation>
    </message>
    <message>
        <source>Colour hints</source>
        <translation>색 힌트</translation>
    </message>
    <message>
        <source>There is no other photo. Please open the whole series first.</source>
        <translation>다른 사진이 없습니다. 먼저 사진을 모두 여세요.</translation>
    </message>
    <message>
        <source>Colours of another photo</source>
        <translation>다른 사진의 색</translation>
    </message>
    <message numerus="yes">
        <source>%n other photo(s) will be coloured this way.</source>
        <translation>
            <numerusform>다른 사진 %n장에도 이렇게 색을 입힙니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a reference photo</source>
        <translation>기준 사진 선택</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Reference photo</source>
        <translation>기준 사진</translation>
    </message>
    <message>
        <source>No reference photo</source>
        <translation>기준 사진 없음</translation>
    </message>
</context>
<context>
    <name>HintPanel</name>
    <message>
        <source>Click on the photo to say what colour something is. Drag a mark to move it.</source>
        <translation>사진을 클릭해 그 자리의 색을 알려 주세요. 표시를 끌면 옮길 수 있습니다.</translation>
    </message>
    <message>
        <source>Colour hints</source>
        <translation>색 힌트</translation>
    </message>
    <message>
        <source>The colours you named. Enter changes one, Del takes it away.</source>
        <translation>직접 정한 색입니다. Enter로 바꾸고 Del로 지웁니다.</translation>
    </message>
    <message>
        <source>Add a hint in the middle of what is in view</source>
        <translation>보이는 부분의 가운데에 힌트 추가</translation>
    </message>
    <message>
        <source>Load hints from a file</source>
        <translation>파일에서 힌트 불러오기</translation>
    </message>
    <message>
        <source>Save the hints in a file</source>
        <translation>힌트를 파일로 저장</translation>
    </message>
    <message>
        <source>Colour all open photos this way, with the same hints</source>
        <translation>열려 있는 모든 사진에 같은 힌트로 색 입히기</translation>
    </message>
    <message>
        <source>Take all hints away</source>
        <translation>힌트 모두 지우기</translation>
    </message>
    <message>
        <source>A photo in colour whose colours guide the result.</source>
        <translation>결과의 색을 이끄는 컬러 사진입니다.</translation>
    </message>
    <message>
        <source>Choose a reference photo</source>
        <translation>기준 사진 선택</translation>
    </message>
    <message>
        <source>Work without a reference photo</source>
        <translation>기준 사진 없이 작업</translation>
    </message>
    <message>
        <source>Show where it guesses</source>
        <translation>추측한 곳 표시</translation>
    </message>
    <message>
        <source>Lays red over places whose colour might as well be another.</source>
        <translation>다른 색일 수도 있는 자리를 붉게 표시합니다.</translation>
    </message>
    <message>
        <source>Hint {number} at {x} %, {y} %</source>
        <translation>힌트 {number}: {x} %, {y} %</translation>
    </message>
    <message>
        <source>No reference photo</source>
        <translation>기준 사진 없음</translation>
    </message>
</context>
<context>
    <name>Hinting</name>
    <message>
        <source>Hint</source>
        <translation>힌트</translation>
    </message>
    <message>
        <source>Colour of a hint</source>
        <translation>힌트의 색</translation>
    </message>
    <message>
        <source>Click on the colour to take, in this photo or in another one. Esc: none.</source>
        <translation>이 사진이나 다른 사진에서 가져올 색을 클릭하세요. Esc: 취소</translation>
    </message>
    <message>
        <source>The photo is still in work. Please click again in a moment.</source>
        <translation>사진을 아직 처리하고 있습니다. 잠시 후 다시 클릭하세요.</translation>
    </message>
    <message>
        <source>Place of a hint</source>
        <translation>힌트의 위치</translation>
    </message>
    <message>
        <source>Hint removed</source>
        <translation>힌트 삭제</translation>
    </message>
    <message>
        <source>All hints removed</source>
        <translation>힌트 모두 삭제</translation>
    </message>
    <message>
        <source>Hints loaded</source>
        <translation>힌트 불러옴</translation>
    </message>
</context>
<context>
    <name>Incoming</name>
    <message>
        <source>Photos</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>모든 파일</translation>
    </message>
    <message>
        <source>Add photos</source>
        <translation>사진 추가</translation>
    </message>
    <message>
        <source>Open photos</source>
        <translation>사진 열기</translation>
    </message>
    <message>
        <source>Explore a folder</source>
        <translation>폴더 탐색</translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>폴더 추가</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>There is no photo on the clipboard.</source>
        <translation>클립보드에 사진이 없습니다.</translation>
    </message>
    <message>
        <source>A batch is made of files. Please open the picture in the studio.</source>
        <translation>일괄 처리는 파일로만 할 수 있습니다. 이 그림은 스튜디오에서 여세요.</translation>
    </message>
    <message>
        <source>A model learns from folders of photos. Please drop such a folder.</source>
        <translation>모델은 사진 폴더로 학습합니다. 사진 폴더를 끌어다 놓으세요.</translation>
    </message>
    <message>
        <source>Folders are explored. Please open the picture in the studio.</source>
        <translation>탐색은 폴더로만 할 수 있습니다. 이 그림은 스튜디오에서 여세요.</translation>
    </message>
    <message>
        <source>Clear the list</source>
        <translation>목록 지우기</translation>
    </message>
</context>
<context>
    <name>IntervalChart</name>
    <message>
        <source>Chart of the gain</source>
        <translation>향상 차트</translation>
    </message>
    <message>
        <source>Each dot is a photo that was kept aside. The mean gain is within the bar in 95 cases of 100.</source>
        <translation>점 하나가 판정용으로 남겨 둔 사진 한 장입니다. 평균 향상은 100번 가운데 95번 막대 안에 듭니다.</translation>
    </message>
    <message>
        <source>Gain ({unit})</source>
        <translation>향상 ({unit})</translation>
    </message>
    <message>
        <source>Gain on each photo</source>
        <translation>사진별 향상</translation>
    </message>
    <message>
        <source>There is no other model to compare with.</source>
        <translation>비교할 다른 모델이 없습니다.</translation>
    </message>
    <message>
        <source>Mean gain {mean}, for sure between {low} and {high} {unit}</source>
        <translation>평균 향상 {mean}, 확실한 범위는 {low}에서 {high} {unit} 사이</translation>
    </message>
</context>
<context>
    <name>InventPage</name>
    <message>
        <source>Spread</source>
        <translation>퍼진 정도</translation>
    </message>
    <message>
        <source>How far the pictures are from the average photo: more is bolder, and less likely to look like a photo (the temperature that the standard deviation of the codes is multiplied by).</source>
        <translation>그림이 평균 사진에서 얼마나 벗어나는지 정합니다. 높이면 더 과감하지만 사진처럼 보이지 않을 수 있습니다 (코드의 표준편차에 곱하는 온도).</translation>
    </message>
    <message>
        <source>Draw again</source>
        <translation>다시 뽑기</translation>
    </message>
    <message>
        <source>Draw other random codes.</source>
        <translation>다른 무작위 코드를 뽑습니다.</translation>
    </message>
    <message>
        <source>Change it</source>
        <translation>이 그림 바꾸기</translation>
    </message>
    <message>
        <source>Put the chosen picture on the sliders. A double click on it does the same.</source>
        <translation>고른 그림을 슬라이더에 올립니다. 그림을 두 번 클릭해도 됩니다.</translation>
    </message>
    <message>
        <source>Pictures of nothing: this model learnt to make pictures of random numbers (drawn from the standard normal distribution).</source>
        <translation>실제로 없는 것의 그림입니다. 이 모델은 무작위 수로 그림을 만들도록 학습했습니다 (표준 정규 분포에서 뽑음).</translation>
    </message>
    <message>
        <source>Pictures of nothing: this model did not learn to make pictures of random numbers. They are drawn so that they are spread as the codes of these photos (a normal distribution fitted to them).</source>
        <translation>실제로 없는 것의 그림입니다. 이 모델은 무작위 수로 그림을 만들도록 학습하지 않았습니다. 그래서 이 사진들의 코드와 같은 모양으로 퍼지도록 뽑습니다 (코드에 맞춘 정규 분포).</translation>
    </message>
</context>
<context>
    <name>KnobRow</name>
    <message>
        <source>Auto</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>Use the value found in the photo.</source>
        <translation>사진에서 찾은 값을 씁니다.</translation>
    </message>
    <message>
        <source>{knob}: automatic</source>
        <translation>{knob}: 자동</translation>
    </message>
    <message>
        <source>{knob} slider</source>
        <translation>{knob} 슬라이더</translation>
    </message>
    <message>
        <source>Back to the default. A double click on the slider does the same.</source>
        <translation>기본값으로 되돌립니다. 슬라이더를 두 번 클릭해도 됩니다.</translation>
    </message>
    <message>
        <source>{knob}: back to the default</source>
        <translation>{knob}: 기본값으로</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>{knob} found: {value}</source>
        <translation>측정된 {knob}: {value}</translation>
    </message>
</context>
<context>
    <name>LabChart</name>
    <message>
        <source>{name}, measured on parts from all over it</source>
        <translation>{name}, 사진 곳곳의 일부분에서 측정</translation>
    </message>
    <message>
        <source>The chart was saved as {name}.</source>
        <translation>차트를 {name}(으)로 저장했습니다.</translation>
    </message>
</context>
<context>
    <name>LabDisplay</name>
    <message>
        <source>The other tools come first.</source>
        <translation>다른 도구가 먼저 작업합니다.</translation>
    </message>
    <message>
        <source>{file}, bits</source>
        <translation>{file}, 비트</translation>
    </message>
    <message>
        <source>Not compressed</source>
        <translation>압축하지 않음</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>원본</translation>
    </message>
    <message>
        <source>{file}, difference ×{times}</source>
        <translation>{file}, 차이 ×{times}</translation>
    </message>
    <message>
        <source>Shown: {after}.
Hold Space: {before}.</source>
        <translation>화면: {after}.
스페이스를 누르는 동안: {before}.</translation>
    </message>
    <message>
        <source>Left: {before}.
Right: {after}.</source>
        <translation>왼쪽: {before}.
오른쪽: {after}.</translation>
    </message>
    <message>
        <source>{format} makes no smaller file.</source>
        <translation>{format}로는 더 작은 파일을 만들 수 없습니다.</translation>
    </message>
    <message>
        <source>{format} comes no nearer.</source>
        <translation>{format}로는 더 가까워질 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>LabSection</name>
    <message>
        <source>Compress</source>
        <translation>압축</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>화면에 보이는 것</translation>
    </message>
    <message>
        <source>Chart…</source>
        <translation>차트…</translation>
    </message>
    <message>
        <source>Show how size and quality go together, for this photo in every format.</source>
        <translation>이 사진을 형식마다 저장할 때 크기와 품질의 관계를 보여 줍니다.</translation>
    </message>
    <message>
        <source>Code…</source>
        <translation>코드…</translation>
    </message>
    <message>
        <source>Show the numbers that the file holds in place of pixels.</source>
        <translation>픽셀 대신 파일에 담긴 숫자를 보여 줍니다.</translation>
    </message>
    <message>
        <source>What is given</source>
        <translation>정하는 값</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>품질</translation>
    </message>
    <message>
        <source>Say how good the picture is to be.</source>
        <translation>그림이 얼마나 좋아야 하는지 정합니다.</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Say how large the file may be.</source>
        <translation>파일이 얼마나 커도 되는지 정합니다.</translation>
    </message>
    <message>
        <source>PSNR</source>
        <translation>PSNR</translation>
    </message>
    <message>
        <source>Say how near the picture is to come to the photo, in dB.</source>
        <translation>그림이 사진에 얼마나 가까워야 하는지 dB로 정합니다.</translation>
    </message>
    <message>
        <source>More keeps finer detail and makes a larger file, less leaves detail out.</source>
        <translation>높이면 세부가 더 남고 파일이 커지며, 낮추면 세부가 빠집니다.</translation>
    </message>
    <message>
        <source>The whole file, with its metadata: at most this, and hardly less. A smaller file has less detail. 1 KB is 1000 bytes.</source>
        <translation>메타데이터를 포함한 전체 파일 크기입니다. 이보다 크지 않으며 거의 같습니다. 파일이 작을수록 세부가 줄어듭니다. 1KB는 1000바이트입니다.</translation>
    </message>
    <message>
        <source>How near the picture comes to the photo. Above 40 dB hardly anyone sees a difference; below 30 dB everyone does.</source>
        <translation>그림이 사진에 얼마나 가까운지 나타냅니다. 40dB를 넘으면 차이가 거의 보이지 않고, 30dB 아래면 누구나 알아봅니다.</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>원본</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>비교 대상</translation>
    </message>
    <message>
        <source>What is on the before side: the photo, or the same in another format.</source>
        <translation>이전 쪽에 보일 것: 사진 자체, 또는 다른 형식으로 저장한 사진입니다.</translation>
    </message>
    <message>
        <source>Flicker</source>
        <translation>번갈아 보기</translation>
    </message>
    <message>
        <source>Swap before and after three times a second: the eye is caught by whatever differs.</source>
        <translation>이전과 이후를 1초에 세 번 번갈아 보여 줍니다. 다른 곳이 눈에 띕니다.</translation>
    </message>
    <message>
        <source>Compared</source>
        <translation>비교 기준</translation>
    </message>
    <message>
        <source>at equal size</source>
        <translation>같은 크기에서</translation>
    </message>
    <message>
        <source>The best that the format makes of as many bytes.</source>
        <translation>같은 바이트로 그 형식이 낼 수 있는 가장 좋은 결과입니다.</translation>
    </message>
    <message>
        <source>at equal PSNR</source>
        <translation>같은 PSNR에서</translation>
    </message>
    <message>
        <source>The smallest file of it that is as near the photo.</source>
        <translation>사진에 그만큼 가까운 가장 작은 파일입니다.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>The compressed photo, decoded from its file.</source>
        <translation>파일에서 다시 푼 압축 사진입니다.</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>차이</translation>
    </message>
    <message>
        <source>What compressing changed, around a mid-grey: flat grey is unchanged.</source>
        <translation>압축으로 달라진 것을 중간 회색을 기준으로 보여 줍니다. 고른 회색은 그대로인 곳입니다.</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>비트</translation>
    </message>
    <message>
        <source>Where the bits of the file go: bright places take most.</source>
        <translation>파일의 비트가 쓰인 곳을 보여 줍니다. 밝은 곳일수록 많이 씁니다.</translation>
    </message>
    <message>
        <source>More makes small differences easier to see; large ones turn black or white.</source>
        <translation>높이면 작은 차이가 잘 보입니다. 큰 차이는 검은색이나 흰색이 됩니다.</translation>
    </message>
    <message>
        <source>Magnified</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>Bits that each square of 8×8 pixels takes in the file.</source>
        <translation>8×8 픽셀 칸마다 파일에서 쓰는 비트 수입니다.</translation>
    </message>
    <message>
        <source>{number} bits</source>
        <translation>{number}비트</translation>
    </message>
    <message>
        <source>{tool} on</source>
        <translation>{tool} 켜기</translation>
    </message>
    <message>
        <source>{tool} off</source>
        <translation>{tool} 끄기</translation>
    </message>
</context>
<context>
    <name>LatentModel</name>
    <message>
        <source>PC {number} · {share}</source>
        <translation>PC {number} · {share}</translation>
    </message>
    <message>
        <source>Channel {number}, {share} of the bits</source>
        <translation>채널 {number}, 비트의 {share}</translation>
    </message>
</context>
<context>
    <name>LearnMarkDialog</name>
    <message>
        <source>Learn my mark</source>
        <translation>내 마크 학습</translation>
    </message>
    <message>
        <source>Choose a folder of your own photos that carry the same mark at the same place: at least {fewest} of one size. The more they differ in everything else, the better it is told apart.</source>
        <translation>같은 위치에 같은 마크가 있는 내 사진 폴더를 선택하세요. 같은 크기의 사진이 {fewest}장 이상 있어야 합니다. 마크 말고는 서로 다를수록 마크를 더 잘 가려냅니다.</translation>
    </message>
    <message>
        <source>No folder chosen</source>
        <translation>선택한 폴더 없음</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>The folder whose photos are looked at.</source>
        <translation>사진을 살펴볼 폴더입니다.</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>폴더 선택…</translation>
    </message>
    <message>
        <source>Look for the mark in the photos of a folder.</source>
        <translation>폴더의 사진에서 마크를 찾습니다.</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>폴더 선택</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행률</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Stop looking at these photos.</source>
        <translation>사진 살펴보기를 멈춥니다.</translation>
    </message>
    <message>
        <source>Cancel learning</source>
        <translation>학습 취소</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>Name of the mark</source>
        <translation>마크 이름</translation>
    </message>
    <message>
        <source>The name under which the mark is kept.</source>
        <translation>마크를 보관할 이름입니다.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>보관</translation>
    </message>
    <message>
        <source>Add the mark to your marks, and take it off this photo.</source>
        <translation>내 마크에 더하고 이 사진에서 지웁니다.</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>버리기</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>이름(&amp;N)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Close this window (Esc).</source>
        <translation>이 창을 닫습니다(Esc).</translation>
    </message>
    <message>
        <source>Close without the mark (Esc).</source>
        <translation>마크 없이 닫습니다(Esc).</translation>
    </message>
    <message>
        <source>Choose a folder of photos with your mark</source>
        <translation>내 마크가 있는 사진 폴더 선택</translation>
    </message>
    <message>
        <source>Looking at {name}…</source>
        <translation>{name} 살펴보는 중…</translation>
    </message>
    <message>
        <source>Learning the mark…</source>
        <translation>마크를 학습하는 중…</translation>
    </message>
    <message numerus="yes">
        <source>Learnt from %n photo(s) in {folder}.</source>
        <translation>
            <numerusform>{folder}의 사진 %n장에서 학습했습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Learning was stopped.</source>
        <translation>학습을 멈추었습니다.</translation>
    </message>
</context>
<context>
    <name>LengthChart</name>
    <message>
        <source>Chart of nearness over the length of the code</source>
        <translation>코드 길이에 따른 가까운 정도 차트</translation>
    </message>
    <message>
        <source>How near reconstructions come to photos that PCA was not fitted to: mean PSNR over the number of components, or of code values. Higher is better. A right click saves it.</source>
        <translation>PCA를 맞추는 데 쓰지 않은 사진에 복원 결과가 얼마나 가까운지 나타냅니다. 성분이나 코드 값의 개수에 따른 평균 PSNR이며, 높을수록 좋습니다. 오른쪽 클릭으로 저장합니다.</translation>
    </message>
    <message>
        <source>Numbers that are kept of a photo</source>
        <translation>사진에서 남기는 숫자 개수</translation>
    </message>
    <message>
        <source>Nearness (dB)</source>
        <translation>가까운 정도 (dB)</translation>
    </message>
    <message>
        <source>Not compared yet.</source>
        <translation>아직 비교하지 않았습니다.</translation>
    </message>
    <message>
        <source>On photos that PCA does not know</source>
        <translation>PCA가 모르는 사진에서</translation>
    </message>
    <message>
        <source>Autoencoder</source>
        <translation>오토인코더</translation>
    </message>
    <message>
        <source>PCA</source>
        <translation>PCA</translation>
    </message>
    <message numerus="yes">
        <source>On %n photo(s) that PCA does not know</source>
        <translation>
            <numerusform>PCA가 모르는 사진 %n장에서</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LengthRow</name>
    <message>
        <source>10 minutes</source>
        <translation>10분</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1시간</translation>
    </message>
    <message>
        <source>4 hours</source>
        <translation>4시간</translation>
    </message>
    <message>
        <source>Hours…</source>
        <translation>시간 지정…</translation>
    </message>
    <message>
        <source>Until…</source>
        <translation>시각까지…</translation>
    </message>
    <message>
        <source>Steps…</source>
        <translation>단계 수…</translation>
    </message>
    <message>
        <source>How long it learns. More gets nearer to your photos, at first quickly, and then ever more slowly. It can be paused, and stopped at any time.</source>
        <translation>학습할 시간입니다. 오래 할수록 내 사진에 가까워지며, 처음에는 빠르다가 점점 느려집니다. 언제든지 일시 정지하거나 중단할 수 있습니다.</translation>
    </message>
    <message>
        <source> h</source>
        <translation> 시간</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>How many times it looks at some pieces of photos, and learns from them.</source>
        <translation>사진 조각 몇 개를 보고 학습하기를 몇 번 되풀이할지 정합니다.</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>시각</translation>
    </message>
    <message>
        <source>It stops then, today or tomorrow, and judges what it learnt.</source>
        <translation>오늘이나 내일 그 시각에 멈추고 학습한 것을 판정합니다.</translation>
    </message>
</context>
<context>
    <name>LineLegend</name>
    <message>
        <source>What the lines are</source>
        <translation>선의 뜻</translation>
    </message>
</context>
<context>
    <name>LossCurve</name>
    <message>
        <source>Chart of the loss</source>
        <translation>손실 차트</translation>
    </message>
    <message>
        <source>How far off it is on the photos that it learns from. Less is better.</source>
        <translation>학습하는 사진에서 정답과 얼마나 다른지 나타냅니다. 작을수록 좋습니다.</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>All of it</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>No steps yet.</source>
        <translation>아직 학습한 단계가 없습니다.</translation>
    </message>
    <message>
        <source>Loss {value}</source>
        <translation>손실 {value}</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Studio</source>
        <translation>스튜디오</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>일괄 처리</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>탐색</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>아직 확인되지 않음</translation>
    </message>
</context>
<context>
    <name>MapTools</name>
    <message>
        <source>How far the map is</source>
        <translation>지도 진행률</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중단</translation>
    </message>
    <message>
        <source>Stop laying the photos out.</source>
        <translation>사진 배치를 중단합니다.</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>올가미</translation>
    </message>
    <message>
        <source>Draw around photos to select them (L).</source>
        <translation>사진 둘레를 그려 선택합니다 (L).</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>Zoom in (+, or the wheel).</source>
        <translation>확대합니다 (+ 또는 휠).</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>축소</translation>
    </message>
    <message>
        <source>Zoom out (−, or the wheel).</source>
        <translation>축소합니다 (− 또는 휠).</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>전체 보기</translation>
    </message>
    <message>
        <source>Show the whole map (F).</source>
        <translation>지도 전체를 봅니다 (F).</translation>
    </message>
    <message>
        <source>Of more than {count} photos, only so many are laid out by themselves, and each of the others is put between those that it resembles most.</source>
        <translation>사진이 {count}장을 넘으면 그만큼만 직접 배치하고, 나머지는 저마다 가장 닮은 사진들 사이에 놓습니다.</translation>
    </message>
    <message>
        <source>Photos with similar codes come together in groups (t-SNE). What is near means something, how far groups are from one another does not.</source>
        <translation>코드가 비슷한 사진끼리 무리를 이룹니다 (t-SNE). 가까이 있는 것에는 뜻이 있지만, 무리끼리 떨어진 거리에는 뜻이 없습니다.</translation>
    </message>
    <message>
        <source>The two directions in which the codes of the photos differ most, found by the model.</source>
        <translation>모델이 만든 사진의 코드가 가장 크게 차이 나는 두 방향입니다.</translation>
    </message>
    <message>
        <source>The two directions in which the photos themselves differ most, without any model: mostly how bright they are, and where.</source>
        <translation>모델 없이 사진 자체가 가장 크게 차이 나는 두 방향입니다. 대개 얼마나 밝은지, 어디가 밝은지를 나타냅니다.</translation>
    </message>
    <message>
        <source>As neighbours, but with more of how groups lie to one another. It takes a while to begin with.</source>
        <translation>이웃과 같지만 무리끼리의 위치 관계를 더 잘 나타냅니다. 시작하는 데 시간이 조금 걸립니다.</translation>
    </message>
    <message>
        <source>Code: neighbours</source>
        <translation>코드: 이웃</translation>
    </message>
    <message>
        <source>Code: PCA</source>
        <translation>코드: PCA</translation>
    </message>
    <message>
        <source>PCA of the photos</source>
        <translation>사진의 PCA</translation>
    </message>
    <message>
        <source>Code: UMAP</source>
        <translation>코드: UMAP</translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message>
        <source>Map</source>
        <translation>지도</translation>
    </message>
    <message>
        <source>All photos at a glance: those that are alike lie beside one another.</source>
        <translation>모든 사진을 한눈에 봅니다. 비슷한 사진끼리 가까이 놓입니다.</translation>
    </message>
    <message>
        <source>Map of the photos</source>
        <translation>사진 지도</translation>
    </message>
    <message>
        <source>Selected photos</source>
        <translation>선택한 사진</translation>
    </message>
    <message>
        <source>Select none</source>
        <translation>선택 해제</translation>
    </message>
    <message>
        <source>Select no photo (Esc).</source>
        <translation>사진 선택을 해제합니다 (Esc).</translation>
    </message>
    <message>
        <source>Open in Studio</source>
        <translation>스튜디오에서 열기</translation>
    </message>
    <message>
        <source>Open the selected photos there. A double click, or Enter, opens one.</source>
        <translation>선택한 사진을 스튜디오에서 엽니다. 두 번 클릭하거나 Enter를 누르면 한 장을 엽니다.</translation>
    </message>
    <message>
        <source>Add to Batch</source>
        <translation>일괄 처리에 추가</translation>
    </message>
    <message>
        <source>Put the selected photos on the list of the batch.</source>
        <translation>선택한 사진을 일괄 처리 목록에 더합니다.</translation>
    </message>
    <message>
        <source>Save the map as PNG…</source>
        <translation>지도를 PNG로 저장…</translation>
    </message>
    <message>
        <source>Save the map as CSV…</source>
        <translation>지도를 CSV로 저장…</translation>
    </message>
    <message>
        <source>The map was saved as {name}.</source>
        <translation>지도를 {name}(으)로 저장했습니다.</translation>
    </message>
    <message numerus="yes">
        <source>Laying out %n photo(s)…</source>
        <translation>
            <numerusform>사진 %n장을 배치하는 중…</numerusform>
        </translation>
    </message>
    <message>
        <source>The photos are being laid out. This may take a minute if there are many.</source>
        <translation>사진을 배치하고 있습니다. 사진이 많으면 1분쯤 걸릴 수 있습니다.</translation>
    </message>
    <message>
        <source>There is no map. Please choose above how the photos are laid out.</source>
        <translation>지도가 없습니다. 위에서 사진을 배치하는 방법을 선택하세요.</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) selected</source>
        <translation>
            <numerusform>사진 %n장 선택됨</numerusform>
        </translation>
    </message>
    <message>
        <source>The wheel zooms, dragging moves the map, a click selects. Zoom in for more pictures.</source>
        <translation>휠로 확대·축소하고, 끌어서 지도를 옮기고, 클릭해서 선택합니다. 확대하면 그림이 더 많이 보입니다.</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>그림</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>표</translation>
    </message>
    <message>
        <source>Save the map</source>
        <translation>지도 저장</translation>
    </message>
</context>
<context>
    <name>MarkChooser</name>
    <message>
        <source>My mark</source>
        <translation>내 마크</translation>
    </message>
    <message>
        <source>Your own mark, which is looked for in the photo and taken off.</source>
        <translation>사진에서 찾아 지울 내 마크입니다.</translation>
    </message>
    <message>
        <source>Add a logo from a file</source>
        <translation>파일에서 로고 추가</translation>
    </message>
    <message>
        <source>Learn the mark from a folder of photos that carry it</source>
        <translation>마크가 있는 사진 폴더에서 마크 학습</translation>
    </message>
    <message>
        <source>Show the folder of your marks</source>
        <translation>내 마크 폴더 보기</translation>
    </message>
    <message>
        <source>Take the chosen mark out of your marks</source>
        <translation>선택한 마크를 내 마크에서 빼기</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
</context>
<context>
    <name>MarkView</name>
    <message>
        <source>The mark, over a checkerboard and over grey</source>
        <translation>체크무늬와 회색 위의 마크</translation>
    </message>
    <message>
        <source>What will be taken off: the fainter it is here, the less of it covers your photos.</source>
        <translation>지워질 마크입니다. 여기서 흐릴수록 사진을 덜 가리고 있는 것입니다.</translation>
    </message>
</context>
<context>
    <name>MaskFiles</name>
    <message>
        <source>Load a mask</source>
        <translation>마스크 불러오기</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>그림</translation>
    </message>
    <message>
        <source>Save the mask</source>
        <translation>마스크 저장</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>마스크</translation>
    </message>
    <message>
        <source>Mask saved as {name}.</source>
        <translation>마스크를 {name}(으)로 저장했습니다.</translation>
    </message>
    <message>
        <source>{name} has {mask_width} × {mask_height} pixels, the photo {width} × {height}.</source>
        <translation>{name}: {mask_width} × {mask_height}픽셀이고, 사진은 {width} × {height}픽셀입니다.</translation>
    </message>
    <message>
        <source>Shall the mask be scaled to the photo?</source>
        <translation>마스크를 사진 크기에 맞출까요?</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>맞추기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>MaskPanel</name>
    <message>
        <source>Mask</source>
        <translation>마스크</translation>
    </message>
    <message>
        <source>Marks are found by themselves. Paint over what is to go to say it yourself.</source>
        <translation>마크는 저절로 찾습니다. 직접 지정하려면 지울 곳을 칠하세요.</translation>
    </message>
    <message>
        <source>Ctrl or Alt takes away.</source>
        <translation>Ctrl이나 Alt를 누르면 뺍니다.</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>브러시</translation>
    </message>
    <message>
        <source>Paint over what is to go.</source>
        <translation>지울 곳을 칠합니다.</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>지우개</translation>
    </message>
    <message>
        <source>Take away from the mask.</source>
        <translation>마스크에서 뺍니다.</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>사각형</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>올가미</translation>
    </message>
    <message>
        <source>Magic wand</source>
        <translation>자동 선택</translation>
    </message>
    <message>
        <source>Takes what looks alike.</source>
        <translation>비슷해 보이는 곳을 선택합니다.</translation>
    </message>
    <message>
        <source>Its width on the photo. Keys: [ and ].</source>
        <translation>사진 위에서의 너비입니다. 키: [ 와 ].</translation>
    </message>
    <message>
        <source>How far a colour may be from the one that is clicked on. More takes more.</source>
        <translation>클릭한 색과 얼마나 달라도 되는지 정합니다. 높이면 더 많이 선택합니다.</translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation>브러시 크기</translation>
    </message>
    <message>
        <source>Similarity</source>
        <translation>유사도</translation>
    </message>
    <message>
        <source>Grow the mask</source>
        <translation>마스크 넓히기</translation>
    </message>
    <message>
        <source>Shrink the mask</source>
        <translation>마스크 줄이기</translation>
    </message>
    <message>
        <source>Soften the mask&apos;s edge</source>
        <translation>마스크 가장자리 부드럽게</translation>
    </message>
    <message>
        <source>Turn the mask round: what stayed goes</source>
        <translation>마스크 반전: 남던 곳을 지우기</translation>
    </message>
    <message>
        <source>Correct what was found: it becomes a mask to paint on</source>
        <translation>찾은 곳 고치기: 칠할 수 있는 마스크로 바꾸기</translation>
    </message>
    <message>
        <source>Load a mask from a picture file</source>
        <translation>그림 파일에서 마스크 불러오기</translation>
    </message>
    <message>
        <source>Save the mask as a picture file</source>
        <translation>마스크를 그림 파일로 저장</translation>
    </message>
    <message>
        <source>Take the whole mask away</source>
        <translation>마스크 모두 지우기</translation>
    </message>
    <message>
        <source>Show the mask</source>
        <translation>마스크 보기</translation>
    </message>
    <message>
        <source>Lays red over what is masked or was found, also when the result is there.</source>
        <translation>결과가 나온 뒤에도 마스크나 찾은 곳을 빨갛게 보여 줍니다.</translation>
    </message>
</context>
<context>
    <name>Masking</name>
    <message>
        <source>Left of the mark: {residue} %. Changed where no mark may be: {damage} %.</source>
        <translation>남은 마크: {residue} %. 마크가 아닐 수 있는 곳의 변화: {damage} %.</translation>
    </message>
    <message>
        <source>Brush stroke</source>
        <translation>브러시 획</translation>
    </message>
    <message>
        <source>Eraser stroke</source>
        <translation>지우개 획</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>사각형</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>올가미</translation>
    </message>
    <message>
        <source>Magic wand</source>
        <translation>자동 선택</translation>
    </message>
    <message>
        <source>The mask is still in work. Please paint again in a moment.</source>
        <translation>마스크를 아직 처리하는 중입니다. 잠시 후 다시 칠하세요.</translation>
    </message>
    <message>
        <source>Mask grown</source>
        <translation>마스크 넓힘</translation>
    </message>
    <message>
        <source>Mask shrunk</source>
        <translation>마스크 줄임</translation>
    </message>
    <message>
        <source>Mask softened</source>
        <translation>마스크 부드럽게 함</translation>
    </message>
    <message>
        <source>Mask turned round</source>
        <translation>마스크 반전</translation>
    </message>
    <message>
        <source>Found mark as a mask</source>
        <translation>찾은 마크를 마스크로</translation>
    </message>
    <message>
        <source>Mask removed</source>
        <translation>마스크 지움</translation>
    </message>
    <message>
        <source>Mask loaded</source>
        <translation>마스크 불러옴</translation>
    </message>
</context>
<context>
    <name>MessageLine</name>
    <message>
        <source>Message</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>Remedy</source>
        <translation>해결 방법</translation>
    </message>
    <message>
        <source>Do something about it.</source>
        <translation>해결 방법을 실행합니다.</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>자세히</translation>
    </message>
    <message>
        <source>Show what a developer would want to know.</source>
        <translation>개발자에게 필요한 정보를 봅니다.</translation>
    </message>
    <message>
        <source>Close this message.</source>
        <translation>이 메시지를 닫습니다.</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>메시지 닫기</translation>
    </message>
</context>
<context>
    <name>ModeBar</name>
    <message>
        <source>Menu</source>
        <translation>메뉴</translation>
    </message>
    <message>
        <source>All commands</source>
        <translation>모든 명령</translation>
    </message>
</context>
<context>
    <name>ModelBox</name>
    <message>
        <source>Built-in</source>
        <translation>기본 모델</translation>
    </message>
    <message>
        <source>{name} (not there)</source>
        <translation>{name} (없음)</translation>
    </message>
    <message>
        <source>{name} (damaged)</source>
        <translation>{name} (손상됨)</translation>
    </message>
</context>
<context>
    <name>ModelChooser</name>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>What the tool works with: the built-in model, or one that you trained yourself.</source>
        <translation>도구가 쓰는 모델입니다. 기본 모델이나 직접 학습시킨 모델을 고릅니다.</translation>
    </message>
    <message>
        <source>Compare two models</source>
        <translation>두 모델 비교</translation>
    </message>
    <message>
        <source>Before side</source>
        <translation>이전 쪽</translation>
    </message>
    <message>
        <source>The model whose result is on the before side, to compare with.</source>
        <translation>비교할 수 있도록 이전 쪽에 결과를 보여 줄 모델입니다.</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>이전</translation>
    </message>
    <message>
        <source>Show what another model makes of the photo on the before side. Again, or Esc: off.</source>
        <translation>다른 모델로 처리한 사진을 이전 쪽에 보여 줍니다. 다시 누르거나 Esc를 누르면 꺼집니다.</translation>
    </message>
</context>
<context>
    <name>ModelChoosing</name>
    <message>
        <source>The model “{model}” is not there any more: {tool} works with the built-in one.</source>
        <translation>“{model}” 모델이 더 이상 없습니다. {tool}에는 기본 모델을 씁니다.</translation>
    </message>
    <message>
        <source>{tool} works with the built-in model.</source>
        <translation>{tool}에는 기본 모델을 씁니다.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Open a photo and switch {tool} on: it works with the model “{model}”.</source>
        <translation>사진을 열고 {tool} 도구를 켜세요. “{model}” 모델로 작업합니다.</translation>
    </message>
</context>
<context>
    <name>ModelDetails</name>
    <message>
        <source>Name of the model</source>
        <translation>모델 이름</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>문제점</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Try on a photo</source>
        <translation>사진에 써 보기</translation>
    </message>
    <message>
        <source>Use this one</source>
        <translation>이 모델 쓰기</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>이름 바꾸기…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>삭제…</translation>
    </message>
    <message>
        <source>About the model</source>
        <translation>모델 정보</translation>
    </message>
    <message>
        <source>Choose a model from the list.</source>
        <translation>목록에서 모델을 선택하세요.</translation>
    </message>
    <message>
        <source>your own</source>
        <translation>내 모델</translation>
    </message>
    <message>
        <source>built-in</source>
        <translation>기본 제공</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>쓰는 중</translation>
    </message>
    <message>
        <source>version {version}</source>
        <translation>버전 {version}</translation>
    </message>
    <message>
        <source>It takes the place of the built-in model of the same name.</source>
        <translation>이름이 같은 기본 모델을 대신합니다.</translation>
    </message>
    <message>
        <source>What it is for</source>
        <translation>쓰임새</translation>
    </message>
    <message>
        <source>What it was trained from</source>
        <translation>학습한 내용</translation>
    </message>
    <message>
        <source>Known limits</source>
        <translation>알려진 한계</translation>
    </message>
    <message>
        <source>This model came with AEStudio. Only models of your own can be renamed or deleted.</source>
        <translation>AEStudio에 들어 있는 모델입니다. 내 모델만 이름을 바꾸거나 삭제할 수 있습니다.</translation>
    </message>
    <message>
        <source>Choose a model from the list first.</source>
        <translation>먼저 목록에서 모델을 선택하세요.</translation>
    </message>
    <message>
        <source>Please wait until what is being done is done.</source>
        <translation>진행 중인 작업이 끝날 때까지 기다리세요.</translation>
    </message>
    <message>
        <source>The model is damaged.</source>
        <translation>모델이 손상되었습니다.</translation>
    </message>
    <message>
        <source>This model works inside {tool}. “Use this one” lets it work there.</source>
        <translation>{tool} 안에서 작동하는 모델입니다. “이 모델 쓰기”를 누르면 거기에 쓰입니다.</translation>
    </message>
    <message>
        <source>This model works on the Explore page, where it can be chosen.</source>
        <translation>탐색 화면에서 작동하는 모델입니다. 거기에서 선택할 수 있습니다.</translation>
    </message>
    <message>
        <source>Another model is in use. “Use this one” lets this one work.</source>
        <translation>다른 모델을 쓰고 있습니다. “이 모델 쓰기”를 누르면 이 모델을 씁니다.</translation>
    </message>
    <message>
        <source>This model is in use.</source>
        <translation>쓰고 있는 모델입니다.</translation>
    </message>
    <message>
        <source>Your own model of the same name takes its place.</source>
        <translation>이름이 같은 내 모델이 이 모델을 대신합니다.</translation>
    </message>
    <message>
        <source>Open the studio with this model in its tool.</source>
        <translation>도구에서 이 모델을 쓰도록 하여 스튜디오를 엽니다.</translation>
    </message>
    <message>
        <source>Let this model work on all photos from now on, in the studio and in batches.</source>
        <translation>앞으로 스튜디오와 일괄 처리의 모든 사진에 이 모델을 씁니다.</translation>
    </message>
    <message>
        <source>Give the model another name (F2).</source>
        <translation>모델의 이름을 바꿉니다 (F2).</translation>
    </message>
    <message>
        <source>Write the model to a file that can be imported elsewhere.</source>
        <translation>다른 곳에서 가져올 수 있도록 모델을 파일로 저장합니다.</translation>
    </message>
    <message>
        <source>Take the model away for good (Del).</source>
        <translation>모델을 완전히 지웁니다 (Del).</translation>
    </message>
</context>
<context>
    <name>ModelWords</name>
    <message>
        <source>Takes noise and grain out of photos, and keeps what is detail.</source>
        <translation>사진에서 노이즈와 입자를 지우고 세부는 남깁니다.</translation>
    </message>
    <message>
        <source>Gives colours to black-and-white photos, by itself and by hints.</source>
        <translation>흑백 사진에 스스로, 또는 힌트에 따라 색을 입힙니다.</translation>
    </message>
    <message>
        <source>Takes date stamps, logos and other marks off photos, where they let the photo shine through.</source>
        <translation>사진이 비쳐 보이는 날짜, 로고 등의 마크를 사진에서 지웁니다.</translation>
    </message>
    <message>
        <source>Puts photos into small files, and takes them out again.</source>
        <translation>사진을 작은 파일에 담고 다시 풉니다.</translation>
    </message>
    <message>
        <source>Puts what is in a photo into a few numbers, by which Explore maps, compares and sorts photos.</source>
        <translation>사진에 담긴 것을 숫자 몇 개로 나타냅니다. 탐색에서는 이 숫자로 사진의 지도를 만들고, 비교하고, 분류합니다.</translation>
    </message>
    <message>
        <source>Tells Denoise how much noise there is in a photo.</source>
        <translation>사진에 노이즈가 얼마나 있는지 노이즈 제거에 알려 줍니다.</translation>
    </message>
    <message>
        <source>Tells Remove watermarks where in a photo a mark is.</source>
        <translation>사진의 어디에 마크가 있는지 워터마크 제거에 알려 줍니다.</translation>
    </message>
    <message>
        <source>Paints for Remove watermarks what lies under a mark that hides everything.</source>
        <translation>워터마크 제거에서, 사진을 완전히 가린 마크의 아래를 칠합니다.</translation>
    </message>
    <message>
        <source>It went on from the model {name} {version}.</source>
        <translation>모델 {name} {version}에서 이어서 학습했습니다.</translation>
    </message>
    <message>
        <source>It learnt from your own photos: {kind}.</source>
        <translation>내 사진으로 학습했습니다: {kind}.</translation>
    </message>
    <message>
        <source>It learnt from the photos in {folders}.</source>
        <translation>{folders} 폴더의 사진으로 학습했습니다.</translation>
    </message>
    <message>
        <source>It was trained for {steps} steps, {time} on {device}.</source>
        <translation>{device}에서 {time} 동안 {steps}단계를 학습했습니다.</translation>
    </message>
    <message>
        <source>On photos that it did not learn from</source>
        <translation>학습하지 않은 사진에서</translation>
    </message>
    <message>
        <source>Level {number}</source>
        <translation>수준 {number}</translation>
    </message>
    <message>
        <source>{quality} dB at {size} bits per pixel</source>
        <translation>픽셀당 {size}비트에서 {quality} dB</translation>
    </message>
    <message>
        <source>{count} bits</source>
        <translation>{count}비트</translation>
    </message>
    <message>
        <source>Nearness to the photo under marks</source>
        <translation>마크 아래의 사진에 가까운 정도</translation>
    </message>
    <message>
        <source>Nearness to what was hidden</source>
        <translation>가려진 것에 가까운 정도</translation>
    </message>
    <message>
        <source>The same by plain painting</source>
        <translation>단순히 칠했을 때 가까운 정도</translation>
    </message>
    <message>
        <source>Better than plain painting by</source>
        <translation>단순히 칠한 것보다 나은 정도</translation>
    </message>
    <message>
        <source>Nearer to the true colours than grey by</source>
        <translation>회색보다 실제 색에 가까운 정도</translation>
    </message>
    <message>
        <source>Liveliness of the colours</source>
        <translation>색의 생생함</translation>
    </message>
    <message>
        <source>Quality for its size</source>
        <translation>크기에 비한 품질</translation>
    </message>
    <message>
        <source>Exactness of what is under a mark</source>
        <translation>마크에 덮인 곳의 정확도</translation>
    </message>
    <message>
        <source>Marks found</source>
        <translation>마크를 찾은 정도</translation>
    </message>
    <message>
        <source>Photos without a mark left alone</source>
        <translation>마크가 없어 그대로 둔 사진</translation>
    </message>
    <message>
        <source>Likeness to the photo</source>
        <translation>사진과 닮은 정도</translation>
    </message>
    <message>
        <source>What a code says of its photo</source>
        <translation>코드가 사진에 대해 알려 주는 양</translation>
    </message>
    <message>
        <source>Usual error of the level</source>
        <translation>노이즈 수준의 보통 오차</translation>
    </message>
    <message>
        <source>Nearness to the clean photo</source>
        <translation>깨끗한 사진에 가까운 정도</translation>
    </message>
    <message>
        <source>even noise</source>
        <translation>고른 노이즈</translation>
    </message>
    <message>
        <source>camera noise</source>
        <translation>카메라 노이즈</translation>
    </message>
    <message>
        <source>before</source>
        <translation>지우기 전</translation>
    </message>
    <message>
        <source>from {count} numbers</source>
        <translation>숫자 {count}개로</translation>
    </message>
    <message>
        <source>from a noisy one</source>
        <translation>노이즈가 있는 사진으로</translation>
    </message>
    <message>
        <source>hints: {count}</source>
        <translation>힌트: {count}개</translation>
    </message>
    <message>
        <source>{share} % hidden</source>
        <translation>{share} % 가림</translation>
    </message>
</context>
<context>
    <name>ModelsList</name>
    <message>
        <source>Models</source>
        <translation>모델</translation>
    </message>
</context>
<context>
    <name>ModelsModel</name>
    <message>
        <source>Tool</source>
        <translation>도구</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Whose</source>
        <translation>구분</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>날짜</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>점수</translation>
    </message>
    <message>
        <source>Your own</source>
        <translation>내 모델</translation>
    </message>
    <message>
        <source>Built-in</source>
        <translation>기본 제공</translation>
    </message>
    <message>
        <source>{whose}, in use</source>
        <translation>{whose}, 쓰는 중</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>손상됨</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Import…</source>
        <translation>가져오기…</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>폴더 보기</translation>
    </message>
    <message>
        <source>Train a model</source>
        <translation>모델 학습</translation>
    </message>
    <message>
        <source>Take in a model that was exported, here or elsewhere.</source>
        <translation>이 컴퓨터나 다른 곳에서 내보낸 모델을 가져옵니다.</translation>
    </message>
    <message>
        <source>Show the folder of your own models.</source>
        <translation>내 모델 폴더를 봅니다.</translation>
    </message>
    <message>
        <source>Go to the page where models learn from your photos.</source>
        <translation>내 사진으로 모델을 학습시키는 화면으로 갑니다.</translation>
    </message>
    <message>
        <source>You have no model of your own yet: one that learns from your photos knows them best.</source>
        <translation>아직 내 모델이 없습니다. 내 사진으로 학습한 모델이 내 사진을 가장 잘 압니다.</translation>
    </message>
    <message>
        <source>Rename the model</source>
        <translation>모델 이름 바꾸기</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Export the model</source>
        <translation>모델 내보내기</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Delete the model</source>
        <translation>모델 삭제</translation>
    </message>
    <message>
        <source>Delete the model “{name}” for good?</source>
        <translation>“{name}” 모델을 완전히 삭제할까요?</translation>
    </message>
    <message>
        <source>Tools that work with it go back to the built-in one. Photos stay as saved.</source>
        <translation>이 모델을 쓰는 도구는 기본 모델로 돌아갑니다. 저장한 사진은 그대로 남습니다.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>유지</translation>
    </message>
    <message>
        <source>Import a model</source>
        <translation>모델 가져오기</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be made ({reason}). Please check the disk.</source>
        <translation>{folder} 폴더를 만들 수 없습니다({reason}). 디스크를 확인하세요.</translation>
    </message>
    <message>
        <source>Exported as {path}.</source>
        <translation>{path}(으)로 내보냈습니다.</translation>
    </message>
</context>
<context>
    <name>MoreSection</name>
    <message>
        <source>More</source>
        <translation>더 보기</translation>
    </message>
    <message>
        <source>Show or hide what is chosen by itself.</source>
        <translation>저절로 정해지는 항목을 펼치거나 접습니다.</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>How it sees (encoder)</source>
        <translation>보는 방식 (인코더)</translation>
    </message>
    <message>
        <source>How it paints (decoder)</source>
        <translation>그리는 방식 (디코더)</translation>
    </message>
    <message>
        <source>What stays as it was. The less may change, the fewer photos are needed and the less is forgotten, but the less is gained, too.</source>
        <translation>학습하지 않고 그대로 둘 부분입니다. 바뀌는 부분이 적을수록 사진이 적어도 되고 덜 잊지만, 그만큼 덜 나아집니다.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>How many levels are taught one after the other before all of them together. More helps a model that starts from nothing with few photos, and takes time from the rest.</source>
        <translation>전체를 함께 학습하기 전에 차례로 학습할 층의 수입니다. 높이면 적은 사진으로 처음부터 학습하는 모델에 도움이 되지만, 나머지 학습에 쓸 시간이 줄어듭니다.</translation>
    </message>
    <message>
        <source>The learning rate, in thousandths. More learns faster and forgets more; too much ruins the pictures. Less is safer, and takes longer.</source>
        <translation>학습률이며, 1000분의 1 단위입니다. 높이면 빨리 학습하지만 더 많이 잊고, 너무 높으면 그림을 망칩니다. 낮추면 안전하지만 오래 걸립니다.</translation>
    </message>
    <message>
        <source>{side} pixels</source>
        <translation>{side}픽셀</translation>
    </message>
    <message>
        <source>How large the pieces are that it learns from. Larger ones teach more context, and take longer.</source>
        <translation>학습하는 조각의 크기입니다. 크면 주변까지 더 넓게 학습하지만 오래 걸립니다.</translation>
    </message>
    <message>
        <source>How many pieces it sees at a time. More is steadier, and takes more memory; fewer make more steps. Auto: as many as this machine does best.</source>
        <translation>한 번에 보는 조각의 수입니다. 많으면 학습이 안정되지만 메모리를 더 쓰고, 적으면 단계를 더 많이 거칩니다. 자동: 이 컴퓨터에 가장 알맞은 수로 합니다.</translation>
    </message>
    <message>
        <source>Of a camera</source>
        <translation>카메라 노이즈</translation>
    </message>
    <message>
        <source>Even (white)</source>
        <translation>고른 노이즈 (화이트)</translation>
    </message>
    <message>
        <source>Of light (Poisson)</source>
        <translation>빛의 노이즈 (푸아송)</translation>
    </message>
    <message>
        <source>Lost pixels (dropout)</source>
        <translation>빠진 픽셀 (드롭아웃)</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>모든 종류</translation>
    </message>
    <message>
        <source>What noise is added to the good photos. The nearer it is to that of your photos, the better the model takes it out, and the less it knows of other noise.</source>
        <translation>깨끗한 사진에 더할 노이즈입니다. 내 사진의 노이즈에 가까울수록 모델이 그 노이즈를 더 잘 지우지만, 다른 노이즈는 덜 알게 됩니다.</translation>
    </message>
    <message>
        <source>How sensitive the camera is whose noise is added. A narrow range makes a model for just these photos, a wide one a model for all.</source>
        <translation>노이즈를 더할 때 기준으로 삼는 카메라의 감도입니다. 범위가 좁으면 그런 사진만을 위한 모델이, 넓으면 모든 사진을 위한 모델이 됩니다.</translation>
    </message>
    <message>
        <source>Lowest ISO</source>
        <translation>가장 낮은 ISO</translation>
    </message>
    <message>
        <source>Highest ISO</source>
        <translation>가장 높은 ISO</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>노이즈</translation>
    </message>
    <message>
        <source>ISO</source>
        <translation>ISO</translation>
    </message>
    <message>
        <source>Stays as it is</source>
        <translation>그대로 둘 부분</translation>
    </message>
    <message>
        <source>Level by level</source>
        <translation>층별 학습</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>Pieces</source>
        <translation>조각 크기</translation>
    </message>
    <message>
        <source>At a time</source>
        <translation>한 번에</translation>
    </message>
</context>
<context>
    <name>OddDetail</name>
    <message>
        <source>File name</source>
        <translation>파일 이름</translation>
    </message>
    <message>
        <source>Why it is odd</source>
        <translation>별난 까닭</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>What comes out of its code</source>
        <translation>코드에서 나온 그림</translation>
    </message>
    <message>
        <source>Show where it comes out wrong</source>
        <translation>잘못 나온 곳 보기</translation>
    </message>
    <message>
        <source>Bright where the picture below, which the model draws from a few numbers, is far from the photo. Busy parts are bright in any photo.</source>
        <translation>모델이 숫자 몇 개로 그린 아래 그림이 사진과 많이 다른 곳이 밝습니다. 복잡한 부분은 어느 사진에서나 밝습니다.</translation>
    </message>
    <message>
        <source>As the model draws it</source>
        <translation>모델이 그린 그림</translation>
    </message>
    <message>
        <source>The reconstruction: what the decoder makes of the photo&apos;s code.</source>
        <translation>복원 결과로, 디코더가 사진의 코드로 만든 그림입니다.</translation>
    </message>
    <message>
        <source>Choose a photo to see what is odd about it.</source>
        <translation>사진을 선택하면 어디가 별난지 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>How odd: {score}</source>
        <translation>별난 정도: {score}</translation>
    </message>
</context>
<context>
    <name>OddHistogram</name>
    <message>
        <source>Chart of how odd the photos are</source>
        <translation>사진의 별난 정도 차트</translation>
    </message>
    <message>
        <source>How many photos are how odd: 1 is a usual deviation from the middle of this folder. Drag the line. The last bar holds all that lies beyond, and small bars are drawn high enough to be seen.</source>
        <translation>별난 정도마다 사진이 몇 장인지 나타냅니다. 1은 이 폴더의 중간에서 보통 벗어나는 만큼입니다. 선은 끌어서 옮길 수 있습니다. 마지막 막대에는 그 너머의 사진이 모두 들어 있으며, 작은 막대는 보일 만큼 높게 그립니다.</translation>
    </message>
    <message>
        <source>How odd</source>
        <translation>별난 정도</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>No photos are looked at yet.</source>
        <translation>아직 살펴본 사진이 없습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) beyond {score}</source>
        <translation>
            <numerusform>{score}을(를) 넘는 사진 %n장</numerusform>
        </translation>
    </message>
    <message>
        <source>How odd the photos are</source>
        <translation>사진의 별난 정도</translation>
    </message>
</context>
<context>
    <name>OddView</name>
    <message>
        <source>Odd photos</source>
        <translation>별난 사진</translation>
    </message>
    <message>
        <source>Photos that are unlike the others of the folder: misfires, damaged files, screenshots.</source>
        <translation>폴더의 다른 사진과 다른 사진입니다. 잘못 찍힌 사진, 손상된 파일, 스크린샷 등이 있습니다.</translation>
    </message>
    <message>
        <source>Where odd photos begin</source>
        <translation>별난 사진이 시작되는 곳</translation>
    </message>
    <message>
        <source>Photos beyond it are shown. More to the left shows more of them.</source>
        <translation>이 선보다 오른쪽에 있는 사진이 보입니다. 왼쪽으로 옮길수록 더 많이 보입니다.</translation>
    </message>
    <message>
        <source>Propose</source>
        <translation>제안</translation>
    </message>
    <message>
        <source>Put the line where photos begin to stand apart from the others.</source>
        <translation>사진이 나머지와 뚜렷이 달라지기 시작하는 곳에 선을 놓습니다.</translation>
    </message>
    <message>
        <source>It knows what is usual in this folder, not what is good: a fair finder, and no oracle.</source>
        <translation>이 폴더에서 무엇이 보통인지 알 뿐, 무엇이 좋은지는 모릅니다. 찾는 데 도움이 되지만 늘 맞지는 않습니다.</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>How far looking for odd photos is</source>
        <translation>별난 사진 찾기 진행률</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Stop looking for odd photos.</source>
        <translation>별난 사진 찾기를 멈춥니다.</translation>
    </message>
    <message>
        <source>Look for odd photos</source>
        <translation>별난 사진 찾기</translation>
    </message>
    <message>
        <source>Look through the photos again.</source>
        <translation>사진을 다시 살펴봅니다.</translation>
    </message>
    <message>
        <source>Open in Studio</source>
        <translation>스튜디오에서 열기</translation>
    </message>
    <message>
        <source>Open the selected photos there. A double click, or Enter, opens one.</source>
        <translation>선택한 사진을 스튜디오에서 엽니다. 두 번 클릭하거나 Enter를 누르면 한 장을 엽니다.</translation>
    </message>
    <message>
        <source>Add to Batch</source>
        <translation>일괄 처리에 추가</translation>
    </message>
    <message>
        <source>Put the selected photos on the list of the batch.</source>
        <translation>선택한 사진을 일괄 처리 목록에 더합니다.</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>목록 복사</translation>
    </message>
    <message>
        <source>Copy the paths of all photos that are shown here.</source>
        <translation>여기에 보이는 모든 사진의 경로를 복사합니다.</translation>
    </message>
    <message>
        <source>Save list…</source>
        <translation>목록 저장…</translation>
    </message>
    <message>
        <source>Save the photos that are shown here, with their scores and reasons, as a table.</source>
        <translation>여기에 보이는 사진을 점수, 이유와 함께 표로 저장합니다.</translation>
    </message>
    <message>
        <source>The photos were not looked through to the end.</source>
        <translation>사진을 끝까지 살펴보지 못했습니다.</translation>
    </message>
    <message>
        <source>Looking through the photos…</source>
        <translation>사진을 살펴보는 중…</translation>
    </message>
    <message>
        <source>No photo lies beyond the line.</source>
        <translation>선을 넘는 사진이 없습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n path(s) copied.</source>
        <translation>
            <numerusform>경로 %n개를 복사했습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Save the list</source>
        <translation>목록 저장</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>표</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>{name}(으)로 저장했습니다.</translation>
    </message>
</context>
<context>
    <name>OutputSection</name>
    <message>
        <source>Output</source>
        <translation>출력</translation>
    </message>
    <message>
        <source>Show or hide where the results go, and how they are saved.</source>
        <translation>결과를 저장할 곳과 저장 방식을 펼치거나 접습니다.</translation>
    </message>
    <message>
        <source>The folder that the results go to. It is made if it is not there.</source>
        <translation>결과를 저장할 폴더입니다. 없으면 만듭니다.</translation>
    </message>
    <message>
        <source>Choose a folder for the results</source>
        <translation>결과를 저장할 폴더 선택</translation>
    </message>
    <message>
        <source>as the photo</source>
        <translation>사진과 같게</translation>
    </message>
    <message>
        <source>The names of the results, without ending. They may hold {places}. Empty: as the photo.</source>
        <translation>결과의 이름입니다(확장자 제외). {places}을(를) 쓸 수 있습니다. 비워 두면 사진과 같습니다.</translation>
    </message>
    <message>
        <source>Example: a photo</source>
        <translation>예: 사진</translation>
    </message>
    <message>
        <source>Example: its result</source>
        <translation>예: 사진의 결과</translation>
    </message>
    <message>
        <source>Skip the photo</source>
        <translation>사진 건너뛰기</translation>
    </message>
    <message>
        <source>Add a number</source>
        <translation>번호 붙이기</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>바꾸기</translation>
    </message>
    <message>
        <source>What happens where a file has a result&apos;s name already. Original photos are never replaced.</source>
        <translation>결과와 이름이 같은 파일이 이미 있을 때 어떻게 할지 정합니다. 원본 사진은 절대 바꾸지 않습니다.</translation>
    </message>
    <message>
        <source>As the photo</source>
        <translation>사진과 같게</translation>
    </message>
    <message>
        <source>PNG and TIFF lose nothing. JPEG, WebP and AVIF make small files, AES the smallest.</source>
        <translation>PNG와 TIFF는 손실이 없습니다. JPEG, WebP, AVIF는 파일이 작고 AES가 가장 작습니다.</translation>
    </message>
    <message>
        <source>More keeps finer detail, less makes smaller files. Auto: as good as each photo&apos;s own file.</source>
        <translation>높이면 세부가 더 남고, 낮추면 파일이 작아집니다. 자동: 사진마다 원본 파일의 품질에 맞춥니다.</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>품질</translation>
    </message>
    <message>
        <source>As good as each photo&apos;s own file.</source>
        <translation>사진마다 원본 파일의 품질에 맞춥니다.</translation>
    </message>
    <message>
        <source>Bits of each colour. More keep smoother tones for further editing.</source>
        <translation>색마다 쓰는 비트 수입니다. 많을수록 계조가 부드러워 후보정에 유리합니다.</translation>
    </message>
    <message>
        <source>Keep all</source>
        <translation>모두 유지</translation>
    </message>
    <message>
        <source>Basics only</source>
        <translation>기본 항목만</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>What goes into the files of the photo&apos;s date, place, camera and captions. The basics are copyright, author, date and camera. The colour profile always stays.</source>
        <translation>사진의 날짜, 장소, 카메라, 설명 가운데 파일에 넣을 항목입니다. 기본 항목은 저작권, 작가, 날짜, 카메라입니다. 색 프로파일은 항상 남습니다.</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>If it exists</source>
        <translation>이미 있으면</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>비트</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>메타데이터</translation>
    </message>
    <message>
        <source>32 (floating point)</source>
        <translation>32 (부동 소수점)</translation>
    </message>
    <message>
        <source>Folder for the results</source>
        <translation>결과 폴더</translation>
    </message>
</context>
<context>
    <name>OwnMarks</name>
    <message>
        <source>No mark of my own</source>
        <translation>내 마크 없음</translation>
    </message>
    <message>
        <source>My mark</source>
        <translation>내 마크</translation>
    </message>
    <message>
        <source>Add a logo</source>
        <translation>로고 추가</translation>
    </message>
    <message>
        <source>Pictures that can be transparent</source>
        <translation>투명할 수 있는 그림</translation>
    </message>
    <message>
        <source>Your marks are in the folder {folder}.</source>
        <translation>내 마크는 {folder} 폴더에 있습니다.</translation>
    </message>
    <message>
        <source>{name} is no longer among your marks. Photos that it was chosen for still use it.</source>
        <translation>{name}: 내 마크에서 뺐습니다. 이 마크를 선택한 사진에서는 계속 씁니다.</translation>
    </message>
    <message>
        <source>Keep the mark after all.</source>
        <translation>마크를 다시 보관합니다.</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>되돌리기</translation>
    </message>
</context>
<context>
    <name>PercentRow</name>
    <message>
        <source>{name} slider</source>
        <translation>{name} 슬라이더</translation>
    </message>
</context>
<context>
    <name>PhotoGrid</name>
    <message>
        <source>Photos</source>
        <translation>사진</translation>
    </message>
</context>
<context>
    <name>PhotoLook</name>
    <message>
        <source>Larger picture</source>
        <translation>큰 그림</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>파일 이름</translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height}픽셀</translation>
    </message>
</context>
<context>
    <name>PhotoStrip</name>
    <message>
        <source>Photos to choose from</source>
        <translation>고를 수 있는 사진</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>환경 설정</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>시스템 설정 따르기</translation>
    </message>
    <message>
        <source>Grey levels around the photo. Dark greys let a photo be judged best.</source>
        <translation>사진 주변의 밝기입니다. 어두운 회색에서 사진을 가장 정확히 판단할 수 있습니다.</translation>
    </message>
    <message>
        <source>The language of the window.</source>
        <translation>창에 쓰이는 언어입니다.</translation>
    </message>
    <message>
        <source>The fastest there is</source>
        <translation>가장 빠른 장치</translation>
    </message>
    <message>
        <source>Processor (CPU)</source>
        <translation>프로세서 (CPU)</translation>
    </message>
    <message>
        <source>NVIDIA graphics card (CUDA)</source>
        <translation>NVIDIA 그래픽 카드 (CUDA)</translation>
    </message>
    <message>
        <source>Apple graphics (MPS)</source>
        <translation>Apple 그래픽 (MPS)</translation>
    </message>
    <message>
        <source>What computes. It is used from the next restoration on.</source>
        <translation>계산에 쓰는 장치입니다. 다음 복원부터 적용됩니다.</translation>
    </message>
    <message>
        <source>The name of saved photos, without ending. It may hold {places}.</source>
        <translation>저장할 사진의 이름입니다(확장자 제외). {places}을(를) 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>Keep all</source>
        <translation>모두 유지</translation>
    </message>
    <message>
        <source>Copyright, author, date and camera</source>
        <translation>저작권, 작가, 날짜, 카메라만</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>What goes into saved files of the photo&apos;s date, place, camera and captions. It can be changed there.</source>
        <translation>사진의 날짜, 장소, 카메라, 설명 가운데 저장한 파일에 넣을 항목입니다. 저장할 때 바꿀 수 있습니다.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>Name of saved photos</source>
        <translation>저장할 사진의 이름</translation>
    </message>
    <message>
        <source>Metadata of saved photos</source>
        <translation>저장할 사진의 메타데이터</translation>
    </message>
    <message>
        <source>The language changes when AEStudio is started again.</source>
        <translation>언어는 AEStudio를 다시 시작하면 바뀝니다.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>PresetBox</name>
    <message>
        <source>Preset</source>
        <translation>사전 설정</translation>
    </message>
    <message>
        <source>Steps, names and format under one name.</source>
        <translation>단계, 이름, 형식을 한 이름으로 묶은 것입니다.</translation>
    </message>
    <message>
        <source>No preset</source>
        <translation>사전 설정 없음</translation>
    </message>
    <message>
        <source>The settings are not those of a preset.</source>
        <translation>지금 설정은 사전 설정과 다릅니다.</translation>
    </message>
    <message>
        <source>As in Studio</source>
        <translation>스튜디오와 같게</translation>
    </message>
    <message>
        <source>Take the tools as they are set on the studio&apos;s photo.</source>
        <translation>스튜디오의 사진에 설정한 도구를 그대로 씁니다.</translation>
    </message>
    <message>
        <source>Save as preset…</source>
        <translation>사전 설정으로 저장…</translation>
    </message>
    <message>
        <source>Keep steps, names and format under a name.</source>
        <translation>단계, 이름, 형식을 한 이름으로 보관합니다.</translation>
    </message>
    <message>
        <source>Delete preset…</source>
        <translation>사전 설정 삭제…</translation>
    </message>
    <message>
        <source>Take away the chosen preset.</source>
        <translation>선택한 사전 설정을 지웁니다.</translation>
    </message>
    <message>
        <source>Save as preset</source>
        <translation>사전 설정으로 저장</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>There is a preset “{name}” already.</source>
        <translation>사전 설정 “{name}”이(가) 이미 있습니다.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>바꾸기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Shall the preset “{name}” be deleted?</source>
        <translation>사전 설정 “{name}”을(를) 삭제할까요?</translation>
    </message>
    <message>
        <source>Delete preset</source>
        <translation>사전 설정 삭제</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
</context>
<context>
    <name>RateChart</name>
    <message>
        <source>Chart of the size and the likeness of each format</source>
        <translation>형식별 크기와 닮은 정도 차트</translation>
    </message>
    <message>
        <source>What was measured</source>
        <translation>측정한 것</translation>
    </message>
    <message>
        <source>Formats in the chart</source>
        <translation>차트의 형식</translation>
    </message>
    <message>
        <source>Save as PNG…</source>
        <translation>PNG로 저장…</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>CSV로 저장…</translation>
    </message>
    <message>
        <source>How far the pixels are from those of the photo, in decibels. More is better.</source>
        <translation>픽셀이 사진과 얼마나 다른지를 데시벨로 나타냅니다. 클수록 좋습니다.</translation>
    </message>
    <message>
        <source>How alike the structures look at five sizes, in decibels. More is better.</source>
        <translation>다섯 가지 크기에서 구조가 얼마나 닮았는지를 데시벨로 나타냅니다. 클수록 좋습니다.</translation>
    </message>
    <message>
        <source>Bits per pixel</source>
        <translation>픽셀당 비트</translation>
    </message>
    <message>
        <source>{metric} (dB)</source>
        <translation>{metric} (dB)</translation>
    </message>
    <message>
        <source>There is no MS-SSIM.</source>
        <translation>MS-SSIM이 없습니다.</translation>
    </message>
    <message>
        <source>Nothing is measured yet.</source>
        <translation>아직 측정한 것이 없습니다.</translation>
    </message>
    <message>
        <source>{name}: {low:.1f} to {high:.1f} dB at {least:.2f} to {most:.2f} bits per pixel.</source>
        <translation>{name}: 픽셀당 {least:.2f}–{most:.2f}비트에서 {low:.1f}–{high:.1f} dB.</translation>
    </message>
    <message>
        <source>{name}, quality {quality}</source>
        <translation>{name}, 품질 {quality}</translation>
    </message>
    <message>
        <source>{size}, {bpp:.2f} bits per pixel</source>
        <translation>{size}, 픽셀당 {bpp:.2f}비트</translation>
    </message>
    <message>
        <source>PSNR {psnr:.1f} dB</source>
        <translation>PSNR {psnr:.1f} dB</translation>
    </message>
    <message>
        <source>Every pixel is that of the photo.</source>
        <translation>모든 픽셀이 사진과 같습니다.</translation>
    </message>
    <message>
        <source>MS-SSIM {similarity:.4f}</source>
        <translation>MS-SSIM {similarity:.4f}</translation>
    </message>
    <message>
        <source>Save the chart</source>
        <translation>차트 저장</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>그림</translation>
    </message>
    <message>
        <source>Save the figures</source>
        <translation>수치 저장</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>표</translation>
    </message>
</context>
<context>
    <name>Remedies</name>
    <message>
        <source>Open the photo although it takes much memory.</source>
        <translation>메모리를 많이 쓰더라도 사진을 엽니다.</translation>
    </message>
    <message>
        <source>Open anyway</source>
        <translation>그래도 열기</translation>
    </message>
    <message>
        <source>Open the part of the photo that is still there. It is marked as incomplete.</source>
        <translation>사진에서 남아 있는 부분을 엽니다. 불완전한 사진으로 표시됩니다.</translation>
    </message>
    <message>
        <source>Open what can be read</source>
        <translation>읽을 수 있는 부분 열기</translation>
    </message>
</context>
<context>
    <name>SaveControls</name>
    <message>
        <source>PNG and TIFF lose nothing. JPEG, WebP and AVIF make small files.</source>
        <translation>PNG와 TIFF는 손실이 없습니다. JPEG, WebP, AVIF는 파일이 작습니다.</translation>
    </message>
    <message>
        <source>Quality slider</source>
        <translation>품질 슬라이더</translation>
    </message>
    <message>
        <source>More keeps finer detail, less makes a smaller file.</source>
        <translation>높이면 세부가 더 남고, 낮추면 파일이 작아집니다.</translation>
    </message>
    <message>
        <source>Lossless</source>
        <translation>무손실</translation>
    </message>
    <message>
        <source>Keeps every pixel as it is; the file gets larger.</source>
        <translation>모든 픽셀을 그대로 유지합니다. 파일은 더 커집니다.</translation>
    </message>
    <message>
        <source>Full (4:4:4)</source>
        <translation>전체 (4:4:4)</translation>
    </message>
    <message>
        <source>Half (4:2:2)</source>
        <translation>절반 (4:2:2)</translation>
    </message>
    <message>
        <source>Quarter (4:2:0)</source>
        <translation>4분의 1 (4:2:0)</translation>
    </message>
    <message>
        <source>How finely colours are kept. Full keeps the edges of red things sharp.</source>
        <translation>색을 얼마나 세밀하게 남길지 정합니다. 전체로 하면 붉은 물체의 가장자리가 선명합니다.</translation>
    </message>
    <message>
        <source>ZIP (deflate)</source>
        <translation>ZIP (deflate)</translation>
    </message>
    <message>
        <source>LZW</source>
        <translation>LZW</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>ZIP makes the smallest file; none opens everywhere and fastest.</source>
        <translation>ZIP은 파일이 가장 작고, 없음은 어디서나 가장 빨리 열립니다.</translation>
    </message>
    <message>
        <source>0 saves fast, 9 makes the smallest file. The picture is the same.</source>
        <translation>0은 빨리 저장하고 9는 파일이 가장 작습니다. 사진은 똑같습니다.</translation>
    </message>
    <message>
        <source>More bits keep smoother tones for further editing.</source>
        <translation>비트 수가 많을수록 계조가 부드러워 후보정에 유리합니다.</translation>
    </message>
    <message>
        <source>Keep all</source>
        <translation>모두 유지</translation>
    </message>
    <message>
        <source>Copyright, author, date and camera</source>
        <translation>저작권, 작가, 날짜, 카메라만</translation>
    </message>
    <message>
        <source>What goes into the file of the photo&apos;s date, place, camera and captions. The colour profile stays.</source>
        <translation>사진의 날짜, 장소, 카메라, 설명 가운데 파일에 넣을 항목입니다. 색 프로파일은 그대로 남습니다.</translation>
    </message>
    <message>
        <source>F&amp;ormat</source>
        <translation>형식(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Quality</source>
        <translation>품질(&amp;Q)</translation>
    </message>
    <message>
        <source>Co&amp;lours</source>
        <translation>색(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Packing</source>
        <translation>압축(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Bits</source>
        <translation>채널당 비트(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Metadata</source>
        <translation>메타데이터(&amp;M)</translation>
    </message>
    <message>
        <source>32 (floating point)</source>
        <translation>32 (부동 소수점)</translation>
    </message>
</context>
<context>
    <name>SaveDialog</name>
    <message>
        <source>Save photo</source>
        <translation>사진 저장</translation>
    </message>
    <message>
        <source>The file to write.</source>
        <translation>저장할 파일입니다.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>찾아보기…</translation>
    </message>
    <message>
        <source>Choose another folder or name.</source>
        <translation>다른 폴더나 이름을 고릅니다.</translation>
    </message>
    <message>
        <source>Please end the name in .jpg, .png, .tif, .webp, .avif or .aes.</source>
        <translation>이름을 .jpg, .png, .tif, .webp, .avif 또는 .aes로 끝내 주세요.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
    </message>
    <message>
        <source>Please enter a file name.</source>
        <translation>파일 이름을 입력하십시오.</translation>
    </message>
    <message>
        <source>This is the original. It stays as it is: please choose another name.</source>
        <translation>원본 파일입니다. 원본은 바꾸지 않으니 다른 이름을 고르십시오.</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>그런 폴더가 없습니다.</translation>
    </message>
    <message>
        <source>This file exists. Saving replaces it.</source>
        <translation>이미 있는 파일입니다. 저장하면 바뀝니다.</translation>
    </message>
</context>
<context>
    <name>ScoreCurve</name>
    <message>
        <source>Chart of the scores</source>
        <translation>점수 차트</translation>
    </message>
    <message>
        <source>How well it does on the photos that were kept aside. More is better.</source>
        <translation>판정용으로 남겨 둔 사진에서 얼마나 잘하는지 나타냅니다. 클수록 좋습니다.</translation>
    </message>
    <message>
        <source>Score (dB)</source>
        <translation>점수 (dB)</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>점수</translation>
    </message>
    <message>
        <source>Not judged yet.</source>
        <translation>아직 판정하지 않았습니다.</translation>
    </message>
    <message>
        <source>On photos kept aside</source>
        <translation>판정용 사진에서</translation>
    </message>
    <message>
        <source>{value} ({gain} since the start)</source>
        <translation>{value} (시작할 때보다 {gain})</translation>
    </message>
</context>
<context>
    <name>ScoreTable</name>
    <message>
        <source>Photo</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>이전</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>지금</translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>향상</translation>
    </message>
    <message>
        <source>Photos that were kept aside, and their scores</source>
        <translation>판정용으로 남겨 둔 사진과 점수</translation>
    </message>
    <message>
        <source>Gain ({unit})</source>
        <translation>향상 ({unit})</translation>
    </message>
</context>
<context>
    <name>Section</name>
    <message>
        <source>{tool} on</source>
        <translation>{tool} 켜기</translation>
    </message>
    <message>
        <source>{tool} off</source>
        <translation>{tool} 끄기</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>SimilarGroups</name>
    <message>
        <source>Find near-duplicates</source>
        <translation>거의 같은 사진 찾기</translation>
    </message>
    <message>
        <source>Compare all photos with one another.</source>
        <translation>모든 사진을 서로 비교합니다.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Stop looking for near-duplicates.</source>
        <translation>거의 같은 사진 찾기를 멈춥니다.</translation>
    </message>
    <message>
        <source>Comparing the photos…</source>
        <translation>사진을 비교하는 중…</translation>
    </message>
    <message>
        <source>How far looking for near-duplicates is</source>
        <translation>거의 같은 사진 찾기 진행률</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>요약</translation>
    </message>
    <message>
        <source>Kinds of near-duplicates</source>
        <translation>거의 같은 사진의 종류</translation>
    </message>
    <message>
        <source>Show only groups with near-duplicates of one kind.</source>
        <translation>한 종류의 거의 같은 사진이 있는 그룹만 봅니다.</translation>
    </message>
    <message>
        <source>all kinds</source>
        <translation>모든 종류</translation>
    </message>
    <message>
        <source>Groups of near-duplicates</source>
        <translation>거의 같은 사진 그룹</translation>
    </message>
    <message>
        <source>Photos of the groups that are selected</source>
        <translation>선택한 그룹의 사진</translation>
    </message>
    <message>
        <source>Select a group to see its photos.</source>
        <translation>그룹을 선택하면 사진이 보입니다.</translation>
    </message>
    <message>
        <source>Keep this one</source>
        <translation>이 사진 남기기</translation>
    </message>
    <message>
        <source>Propose to keep the selected photo instead.</source>
        <translation>대신 선택한 사진을 남기도록 제안합니다.</translation>
    </message>
    <message>
        <source>Copy the others</source>
        <translation>나머지 복사</translation>
    </message>
    <message>
        <source>Copy the paths of all photos but those to keep, one a line. No photo is ever deleted here.</source>
        <translation>남길 사진을 뺀 모든 사진의 경로를 한 줄에 하나씩 복사합니다. 여기서는 사진을 절대 삭제하지 않습니다.</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>CSV로 저장…</translation>
    </message>
    <message>
        <source>Save the groups as a table: what to keep, and what the others are.</source>
        <translation>그룹을 표로 저장합니다. 무엇을 남길지, 나머지는 어떤 사진인지 담습니다.</translation>
    </message>
    <message>
        <source>Open in Studio</source>
        <translation>스튜디오에서 열기</translation>
    </message>
    <message>
        <source>Open these photos there.</source>
        <translation>이 사진을 스튜디오에서 엽니다.</translation>
    </message>
    <message>
        <source>Add to Batch</source>
        <translation>일괄 처리에 추가</translation>
    </message>
    <message>
        <source>Put these photos on the list of the batch.</source>
        <translation>이 사진을 일괄 처리 목록에 더합니다.</translation>
    </message>
    <message>
        <source>No photo is a near-duplicate of another one.</source>
        <translation>서로 거의 같은 사진이 없습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n group(s)</source>
        <translation>
            <numerusform>그룹 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) besides those to keep</source>
        <translation>
            <numerusform>남길 사진 외 %n장</numerusform>
        </translation>
    </message>
    <message>
        <source>{groups}, {photos}: {kinds}</source>
        <translation>{groups}, {photos}: {kinds}</translation>
    </message>
    <message>
        <source>{groups}</source>
        <translation>{groups}</translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) selected</source>
        <translation>
            <numerusform>그룹 %n개 선택됨</numerusform>
        </translation>
    </message>
    <message>
        <source>All groups</source>
        <translation>모든 그룹</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) selected</source>
        <translation>
            <numerusform>사진 %n장 선택됨</numerusform>
        </translation>
    </message>
    <message>
        <source>{name}: {width} × {height} pixels, sharpness {sharpness}</source>
        <translation>{name}: {width} × {height}픽셀, 선명도 {sharpness}</translation>
    </message>
    <message numerus="yes">
        <source>The paths of %n photo(s) were copied.</source>
        <translation>
            <numerusform>사진 %n장의 경로를 복사했습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>표</translation>
    </message>
    <message>
        <source>Save the groups</source>
        <translation>그룹 저장</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>{name}(으)로 저장했습니다.</translation>
    </message>
</context>
<context>
    <name>SimilarSearch</name>
    <message>
        <source>Photos, or those like the example</source>
        <translation>사진, 또는 예시와 비슷한 사진</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>Find similar</source>
        <translation>비슷한 사진 찾기</translation>
    </message>
    <message>
        <source>Take the selected photo as the example (Enter).</source>
        <translation>선택한 사진을 예시로 씁니다 (Enter).</translation>
    </message>
    <message>
        <source>Open in Studio</source>
        <translation>스튜디오에서 열기</translation>
    </message>
    <message>
        <source>Open the selected photos there.</source>
        <translation>선택한 사진을 스튜디오에서 엽니다.</translation>
    </message>
    <message>
        <source>Add to Batch</source>
        <translation>일괄 처리에 추가</translation>
    </message>
    <message>
        <source>Put the selected photos on the list of the batch.</source>
        <translation>선택한 사진을 일괄 처리 목록에 더합니다.</translation>
    </message>
    <message>
        <source>No photo is that near.</source>
        <translation>그만큼 가까운 사진이 없습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) selected</source>
        <translation>
            <numerusform>사진 %n장 선택됨</numerusform>
        </translation>
    </message>
    <message>
        <source>Double-click a photo to find those that are like it.</source>
        <translation>사진을 두 번 클릭하면 그와 비슷한 사진을 찾습니다.</translation>
    </message>
    <message>
        <source>The nearest come first. Double-click one to go on from there.</source>
        <translation>가장 가까운 사진이 먼저 나옵니다. 두 번 클릭하면 그 사진에서 이어서 찾습니다.</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>모든 파일</translation>
    </message>
    <message>
        <source>Choose an example</source>
        <translation>예시 선택</translation>
    </message>
</context>
<context>
    <name>SimilarView</name>
    <message>
        <source>Similar photos</source>
        <translation>비슷한 사진</translation>
    </message>
    <message>
        <source>Photos that are like one of them, and copies, bursts and edited versions in groups.</source>
        <translation>한 사진과 비슷한 사진을 찾고, 사본, 연속 촬영, 편집본을 그룹으로 묶어 보여 줍니다.</translation>
    </message>
    <message>
        <source>Like an example</source>
        <translation>예시와 비슷한 사진</translation>
    </message>
    <message>
        <source>Find the photos that are like one you choose.</source>
        <translation>고른 사진과 비슷한 사진을 찾습니다.</translation>
    </message>
    <message>
        <source>Near-duplicates</source>
        <translation>거의 같은 사진</translation>
    </message>
    <message>
        <source>Find copies, frames of bursts and edited versions, and which of them to keep.</source>
        <translation>사본, 연속 촬영한 사진, 편집본을 찾고 그 가운데 무엇을 남길지 제안합니다.</translation>
    </message>
</context>
<context>
    <name>SimilarWords</name>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
</context>
<context>
    <name>SortPanel</name>
    <message>
        <source>Add a class</source>
        <translation>클래스 추가</translation>
    </message>
    <message>
        <source>Add a class: a kind of photo.</source>
        <translation>클래스를 추가합니다. 클래스는 사진의 종류입니다.</translation>
    </message>
    <message>
        <source>Rename the class</source>
        <translation>클래스 이름 바꾸기</translation>
    </message>
    <message>
        <source>Remove the class</source>
        <translation>클래스 제거</translation>
    </message>
    <message>
        <source>Remove the class, and its labels.</source>
        <translation>클래스와 그 라벨을 제거합니다.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Take back what was done last (Ctrl+Z).</source>
        <translation>마지막으로 한 일을 되돌립니다 (Ctrl+Z).</translation>
    </message>
    <message>
        <source>Sort photos</source>
        <translation>사진 분류</translation>
    </message>
    <message>
        <source>Find the class of all photos that have no label.</source>
        <translation>라벨이 없는 모든 사진의 클래스를 찾습니다.</translation>
    </message>
    <message>
        <source>Sort again after each label</source>
        <translation>라벨을 붙일 때마다 다시 분류</translation>
    </message>
    <message>
        <source>If that takes a few seconds at most.</source>
        <translation>길어도 몇 초 안에 끝날 때만 합니다.</translation>
    </message>
    <message>
        <source>How good it is</source>
        <translation>분류의 정확도</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>알림</translation>
    </message>
    <message>
        <source>Fine-tune</source>
        <translation>미세 조정</translation>
    </message>
    <message>
        <source>What fine-tuning brought</source>
        <translation>미세 조정의 효과</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>CSV로 저장…</translation>
    </message>
    <message>
        <source>Write path, class and certainty of each photo. No photo is moved.</source>
        <translation>사진마다 경로, 클래스, 확실성을 씁니다. 사진은 옮기지 않습니다.</translation>
    </message>
    <message>
        <source>How far it is</source>
        <translation>진행률</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중단</translation>
    </message>
    <message>
        <source>Stop what is being computed (Esc).</source>
        <translation>진행 중인 계산을 중단합니다 (Esc).</translation>
    </message>
</context>
<context>
    <name>SortPhotos</name>
    <message>
        <source>What is shown</source>
        <translation>화면에 보이는 것</translation>
    </message>
    <message>
        <source>Only unsure</source>
        <translation>불확실한 사진만</translation>
    </message>
    <message>
        <source>Show only photos whose class is less than 70 % certain.</source>
        <translation>클래스의 확실성이 70 %보다 낮은 사진만 봅니다.</translation>
    </message>
    <message>
        <source>Show anew</source>
        <translation>새로 보기</translation>
    </message>
    <message>
        <source>Show the photos as they are sorted now.</source>
        <translation>지금 분류된 대로 사진을 보여 줍니다.</translation>
    </message>
    <message>
        <source>Open in Studio</source>
        <translation>스튜디오에서 열기</translation>
    </message>
    <message>
        <source>Open the selected photos there, or all that are shown if none is selected.</source>
        <translation>선택한 사진을 스튜디오에서 엽니다. 선택한 사진이 없으면 보이는 사진을 모두 엽니다.</translation>
    </message>
    <message>
        <source>Add to Batch</source>
        <translation>일괄 처리에 추가</translation>
    </message>
    <message>
        <source>Put the selected photos on the list of the batch, or all that are shown if none is selected.</source>
        <translation>선택한 사진을 일괄 처리 목록에 더합니다. 선택한 사진이 없으면 보이는 사진을 모두 더합니다.</translation>
    </message>
    <message>
        <source>Label as</source>
        <translation>라벨 붙이기</translation>
    </message>
    <message>
        <source>Give the selected photos a label (keys 1 to 9; 0 takes it away).</source>
        <translation>선택한 사진에 라벨을 붙입니다 (1–9 키. 0은 라벨을 뗍니다).</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>사진 %n장</numerusform>
        </translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>모든 사진</translation>
    </message>
    <message>
        <source>To label next, the least certain first</source>
        <translation>다음에 라벨을 붙일 사진, 가장 불확실한 것부터</translation>
    </message>
    <message>
        <source>No label</source>
        <translation>라벨 없음</translation>
    </message>
    <message>
        <source>Label some photos first, and sort.</source>
        <translation>먼저 사진 몇 장에 라벨을 붙이고 분류하세요.</translation>
    </message>
    <message>
        <source>All photos are labelled.</source>
        <translation>모든 사진에 라벨이 있습니다.</translation>
    </message>
    <message>
        <source>There are no such photos.</source>
        <translation>그런 사진이 없습니다.</translation>
    </message>
</context>
<context>
    <name>SortState</name>
    <message>
        <source>{name} {certainty}</source>
        <translation>{name} {certainty}</translation>
    </message>
</context>
<context>
    <name>SortView</name>
    <message>
        <source>Sort by example</source>
        <translation>예시로 분류</translation>
    </message>
    <message>
        <source>Label a few photos of each kind, and have the others sorted.</source>
        <translation>종류마다 사진 몇 장에 라벨을 붙이면 나머지를 분류합니다.</translation>
    </message>
    <message>
        <source>Add a class</source>
        <translation>클래스 추가</translation>
    </message>
    <message>
        <source>Rename the class</source>
        <translation>클래스 이름 바꾸기</translation>
    </message>
    <message>
        <source>Name of the class</source>
        <translation>클래스 이름</translation>
    </message>
    <message>
        <source>Sorting</source>
        <translation>분류 중</translation>
    </message>
    <message>
        <source>Fine-tuning</source>
        <translation>미세 조정 중</translation>
    </message>
    <message>
        <source>Let the last layers of the encoder learn from your labels as well, on a copy. It takes up to a minute or two, and is kept only if it sorts more labelled photos right.</source>
        <translation>인코더의 마지막 층도 사본에서 내 라벨로 학습시킵니다. 길어야 1–2분 걸리며, 라벨이 있는 사진을 더 많이 맞힐 때만 씁니다.</translation>
    </message>
    <message>
        <source>Add a class for each kind of photo: two at least.</source>
        <translation>사진의 종류마다 클래스를 추가하세요. 두 개 이상 필요합니다.</translation>
    </message>
    <message>
        <source>Select photos and press the number of their class. {count} of each are a good start.</source>
        <translation>사진을 선택하고 클래스의 번호를 누르세요. 클래스마다 {count}장이면 시작하기에 좋습니다.</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>표</translation>
    </message>
    <message>
        <source>Save the classes</source>
        <translation>클래스 저장</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>{name}(으)로 저장했습니다.</translation>
    </message>
</context>
<context>
    <name>SortWords</name>
    <message>
        <source>About {right} are sorted right (likely {low} to {high}), going by {count} labelled photos.</source>
        <translation>라벨이 있는 사진 {count}장으로 보면 약 {right}가 바르게 분류됩니다(범위는 {low}에서 {high} 사이일 가능성이 높음).</translation>
    </message>
    <message>
        <source>Each labelled photo is sorted by the others, as if it had no label (cross-validation); the range holds in 95 cases of 100. Labels given to the least certain photos are harder than others: the rest is sorted rather better then.</source>
        <translation>라벨이 있는 사진마다 라벨이 없는 것처럼 두고 나머지로 분류해 봅니다(교차 검증). 범위는 100번 가운데 95번 맞습니다. 가장 불확실한 사진에 붙인 라벨은 다른 것보다 어려우므로, 그럴 때 나머지 사진은 이보다 더 잘 분류됩니다.</translation>
    </message>
    <message>
        <source>The percentage is how certain the class is among those that you named, going by labelled photos. A photo that belongs to none of the classes gets one all the same.</source>
        <translation>백분율은 직접 정한 클래스 가운데 그 클래스가 얼마나 확실한지를 라벨이 있는 사진에 비추어 나타냅니다. 어느 클래스에도 속하지 않는 사진에도 클래스가 정해집니다.</translation>
    </message>
    <message>
        <source>Fine-tuning helped: {after} of {count} labelled photos right, {before} before. It is used.</source>
        <translation>미세 조정이 도움이 되었습니다: 라벨이 있는 사진 {count}장 가운데 {after}를 맞혔습니다(이전: {before}). 이 결과를 씁니다.</translation>
    </message>
    <message>
        <source>Fine-tuning did not help: {after} of {count} labelled photos right, {before} before. All stays as it was.</source>
        <translation>미세 조정이 도움이 되지 않았습니다: 라벨이 있는 사진 {count}장 가운데 {after}를 맞혔습니다(이전: {before}). 모두 그대로 둡니다.</translation>
    </message>
    <message>
        <source>Both sorted the same labelled photos, which were held out of learning: {gained:.0f} are right only after fine-tuning, {lost:.0f} only before. With few labels this is partly chance.</source>
        <translation>학습에서 빼 둔, 라벨이 있는 같은 사진을 두 방식으로 분류했습니다: 미세 조정 후에만 맞은 것 {gained:.0f}장, 전에만 맞은 것 {lost:.0f}장. 라벨이 적으면 우연도 섞여 있습니다.</translation>
    </message>
    <message>
        <source>Mistaken most often: “{true}” is taken for “{found}”.</source>
        <translation>가장 자주 틀리는 것: “{true}”을(를) “{found}”(으)로 봅니다.</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Getting ready…</source>
        <translation>준비하는 중…</translation>
    </message>
    <message>
        <source>What computes, and in which precision.</source>
        <translation>계산에 쓰는 장치와 정밀도입니다.</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>The model in use.</source>
        <translation>쓰고 있는 모델입니다.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>What is being done</source>
        <translation>진행 중인 작업</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행률</translation>
    </message>
    <message>
        <source>Stop (Esc).</source>
        <translation>중단합니다 (Esc).</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중단</translation>
    </message>
    <message>
        <source>Stop the batch. What is done stays.</source>
        <translation>일괄 처리를 중단합니다. 완료한 것은 그대로 남습니다.</translation>
    </message>
    <message>
        <source>Stop the training. What was learnt is kept and judged.</source>
        <translation>학습을 중단합니다. 학습한 것은 보관하고 판정합니다.</translation>
    </message>
</context>
<context>
    <name>StepSection</name>
    <message>
        <source>Let the tool work on all photos, or leave it out.</source>
        <translation>이 도구를 모든 사진에 쓰거나 뺍니다.</translation>
    </message>
    <message>
        <source>Use the value found in each photo.</source>
        <translation>사진마다 찾은 값을 씁니다.</translation>
    </message>
</context>
<context>
    <name>Studio</name>
    <message>
        <source>Pasted {number}</source>
        <translation>붙여넣은 사진 {number}</translation>
    </message>
</context>
<context>
    <name>TaskPanel</name>
    <message>
        <source>The tools are being loaded…</source>
        <translation>도구를 불러오는 중…</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>저장…</translation>
    </message>
    <message>
        <source>Save the restored photo under a new name (Ctrl+S).</source>
        <translation>복원한 사진을 새 이름으로 저장합니다 (Ctrl+S).</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>Cancel the restoration</source>
        <translation>복원 취소</translation>
    </message>
    <message>
        <source>Run the tools</source>
        <translation>도구 실행</translation>
    </message>
    <message>
        <source>Stop working on the photo (Esc).</source>
        <translation>이 사진의 작업을 멈춥니다 (Esc).</translation>
    </message>
    <message>
        <source>Let the tools that are on work on the photo (Ctrl+Enter).</source>
        <translation>켜져 있는 도구를 사진에 적용합니다 (Ctrl+Enter).</translation>
    </message>
</context>
<context>
    <name>TrainCandidates</name>
    <message>
        <source>“{name}” was adopted, and can be chosen in its tool.</source>
        <translation>“{name}”을(를) 채택했습니다. 이제 도구에서 선택할 수 있습니다.</translation>
    </message>
    <message>
        <source>The model stays a candidate under “Earlier trainings”.</source>
        <translation>모델이 “이전 학습”에 후보로 남습니다.</translation>
    </message>
    <message>
        <source>This training is running. Please stop it first.</source>
        <translation>진행 중인 학습입니다. 먼저 중단하세요.</translation>
    </message>
    <message>
        <source>Delete the training “{name}”?</source>
        <translation>학습 “{name}”을(를) 삭제할까요?</translation>
    </message>
    <message>
        <source>Its model and what it learnt are deleted. Your photos and adopted models stay.</source>
        <translation>모델과 학습한 것이 삭제됩니다. 사진과 채택한 모델은 그대로 남습니다.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
</context>
<context>
    <name>TrainChart</name>
    <message>
        <source>Save as PNG…</source>
        <translation>PNG로 저장…</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>CSV로 저장…</translation>
    </message>
    <message>
        <source>Save the chart</source>
        <translation>차트 저장</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>그림</translation>
    </message>
    <message>
        <source>Save the figures</source>
        <translation>수치 저장</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>표</translation>
    </message>
</context>
<context>
    <name>TrainControls</name>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Begin to learn from these photos (Ctrl+Enter).</source>
        <translation>이 사진으로 학습을 시작합니다 (Ctrl+Enter).</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation>중단하고 보관</translation>
    </message>
    <message>
        <source>Make a model of what was learnt so far, and judge it.</source>
        <translation>지금까지 학습한 것으로 모델을 만들고 판정합니다.</translation>
    </message>
    <message>
        <source>Stop and discard</source>
        <translation>중단하고 버리기</translation>
    </message>
    <message>
        <source>Stop, and keep nothing of this training.</source>
        <translation>중단하고 이 학습에서 아무것도 남기지 않습니다.</translation>
    </message>
    <message>
        <source>What is to be done</source>
        <translation>할 일</translation>
    </message>
    <message>
        <source>Progress of the training</source>
        <translation>학습 진행률</translation>
    </message>
    <message>
        <source>How far it is</source>
        <translation>진행된 정도</translation>
    </message>
    <message>
        <source>How long it takes</source>
        <translation>걸리는 시간</translation>
    </message>
    <message>
        <source>Adopt…</source>
        <translation>채택…</translation>
    </message>
    <message>
        <source>Put the new model into every tool&apos;s list.</source>
        <translation>새 모델을 도구의 모델 목록에 넣습니다.</translation>
    </message>
    <message>
        <source>Keep as candidate</source>
        <translation>후보로 보관</translation>
    </message>
    <message>
        <source>Leave it in the list of earlier trainings, to be gone on with or adopted later.</source>
        <translation>나중에 이어서 학습하거나 채택할 수 있도록 이전 학습 목록에 남깁니다.</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>버리기</translation>
    </message>
    <message>
        <source>Delete the new model and its training.</source>
        <translation>새 모델과 그 학습을 삭제합니다.</translation>
    </message>
    <message>
        <source>What can be done with the new model</source>
        <translation>새 모델로 할 수 있는 일</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Go on where it was paused.</source>
        <translation>일시 정지한 곳부터 계속합니다.</translation>
    </message>
    <message>
        <source>Stand still for a while, between two steps.</source>
        <translation>단계와 단계 사이에서 잠시 멈춥니다.</translation>
    </message>
</context>
<context>
    <name>TrainDrop</name>
    <message>
        <source>Drop the folder with the good photos here.</source>
        <translation>깨끗한 사진이 있는 폴더를 여기로 끌어다 놓으세요.</translation>
    </message>
    <message>
        <source>Drop folders with bursts or ISO series here.</source>
        <translation>연속 촬영이나 ISO 시리즈가 있는 폴더를 여기로 끌어다 놓으세요.</translation>
    </message>
    <message>
        <source>Drop folders with noisy photos here.</source>
        <translation>노이즈가 있는 사진의 폴더를 여기로 끌어다 놓으세요.</translation>
    </message>
    <message>
        <source>Drop folders with photos here to learn from them.</source>
        <translation>학습할 사진이 있는 폴더를 여기로 끌어다 놓으세요.</translation>
    </message>
    <message>
        <source>The good photos are chosen.</source>
        <translation>깨끗한 사진을 선택했습니다.</translation>
    </message>
    <message>
        <source>Good photos</source>
        <translation>깨끗한 사진</translation>
    </message>
    <message>
        <source>Photos to learn from</source>
        <translation>학습할 사진</translation>
    </message>
    <message>
        <source>Drop the folder with the noisy photos here.</source>
        <translation>노이즈가 있는 사진의 폴더를 여기로 끌어다 놓으세요.</translation>
    </message>
    <message>
        <source>The same scenes, under the same file names.</source>
        <translation>같은 장면을 같은 파일 이름으로 담은 사진입니다.</translation>
    </message>
    <message>
        <source>The noisy photos are chosen.</source>
        <translation>노이즈가 있는 사진을 선택했습니다.</translation>
    </message>
    <message>
        <source>Noisy photos</source>
        <translation>노이즈가 있는 사진</translation>
    </message>
</context>
<context>
    <name>TrainFound</name>
    <message>
        <source>What was found</source>
        <translation>찾은 것</translation>
    </message>
    <message>
        <source>How many photos are for what</source>
        <translation>용도별 사진 수</translation>
    </message>
    <message>
        <source>How fast this machine is</source>
        <translation>이 컴퓨터의 속도</translation>
    </message>
    <message>
        <source>Progress of looking through the photos</source>
        <translation>사진 살펴보기 진행률</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>다시 살펴보기</translation>
    </message>
    <message>
        <source>Look through the folders once more, after something was changed there.</source>
        <translation>폴더의 내용이 바뀐 뒤에 한 번 더 살펴봅니다.</translation>
    </message>
    <message>
        <source>Photos that are left out, and why</source>
        <translation>제외한 사진과 그 이유</translation>
    </message>
    <message>
        <source>Looking through the folders…</source>
        <translation>폴더를 살펴보는 중…</translation>
    </message>
    <message>
        <source>The folders were not looked through.</source>
        <translation>폴더를 살펴보지 않았습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) can be learnt from.</source>
        <translation>
            <numerusform>사진 %n장으로 학습할 수 있습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to learn from</source>
        <translation>
            <numerusform>학습용 %n장</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kept aside for the verdict</source>
        <translation>
            <numerusform>판정용 %n장</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in pairs or series.</source>
        <translation>
            <numerusform>짝이나 시리즈를 이루는 사진 %n장.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n too small</source>
        <translation>
            <numerusform>너무 작은 사진 %n장</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n damaged</source>
        <translation>
            <numerusform>손상된 사진 %n장</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without colour</source>
        <translation>
            <numerusform>색이 없는 사진 %n장</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without a partner</source>
        <translation>
            <numerusform>짝이 없는 사진 %n장</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) of photos that are nearly the same</source>
        <translation>
            <numerusform>거의 같은 사진 묶음 %n개</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrainHead</name>
    <message>
        <source>Training</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Teach a model, or see how it goes.</source>
        <translation>모델을 학습시키거나 진행 상황을 봅니다.</translation>
    </message>
    <message>
        <source>Earlier trainings</source>
        <translation>이전 학습</translation>
    </message>
    <message>
        <source>Trainings that were stopped, and candidates: go on, look at the verdict, delete.</source>
        <translation>중단한 학습과 후보입니다. 이어서 하거나, 판정을 보거나, 삭제합니다.</translation>
    </message>
    <message>
        <source>Earlier trainings ({count})</source>
        <translation>이전 학습 ({count})</translation>
    </message>
</context>
<context>
    <name>TrainList</name>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>도구</translation>
    </message>
    <message>
        <source>Last change</source>
        <translation>마지막 변경</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Earlier trainings</source>
        <translation>이전 학습</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Go on with this training where it was stopped, with the same settings.</source>
        <translation>이 학습을 중단한 곳부터 같은 설정으로 이어서 합니다.</translation>
    </message>
    <message>
        <source>Look at the verdict</source>
        <translation>판정 보기</translation>
    </message>
    <message>
        <source>Show how good its model is, and adopt it or not.</source>
        <translation>모델이 얼마나 좋은지 보고 채택할지 정합니다.</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>삭제…</translation>
    </message>
    <message>
        <source>Delete this training and its model. Adopted models stay.</source>
        <translation>이 학습과 모델을 삭제합니다. 채택한 모델은 그대로 남습니다.</translation>
    </message>
    <message>
        <source>There are no trainings yet.</source>
        <translation>아직 학습이 없습니다.</translation>
    </message>
    <message>
        <source>judged, but the verdict cannot be read</source>
        <translation>판정했지만 판정을 읽을 수 없음</translation>
    </message>
    <message>
        <source>stopped, not judged</source>
        <translation>중단됨, 판정하지 않음</translation>
    </message>
    <message>
        <source>candidate, nothing to compare with</source>
        <translation>후보, 비교할 것 없음</translation>
    </message>
    <message>
        <source>candidate, better: {gain}</source>
        <translation>후보, 더 좋음: {gain}</translation>
    </message>
    <message>
        <source>candidate, not better for sure: {gain}</source>
        <translation>후보, 더 좋은지 확실하지 않음: {gain}</translation>
    </message>
</context>
<context>
    <name>TrainPage</name>
    <message>
        <source>A training is running. Please add folders when it has ended.</source>
        <translation>학습이 진행 중입니다. 끝난 뒤에 폴더를 추가하세요.</translation>
    </message>
    <message>
        <source>{tool}: {name}</source>
        <translation>{tool}: {name}</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Go on at once.</source>
        <translation>바로 계속합니다.</translation>
    </message>
    <message>
        <source>The training went astray, and goes on more carefully from an earlier state.</source>
        <translation>학습이 어긋나서 이전 상태부터 더 조심스럽게 계속합니다.</translation>
    </message>
    <message>
        <source>Stop the training and delete what it learnt?</source>
        <translation>학습을 중단하고 학습한 것을 삭제할까요?</translation>
    </message>
    <message>
        <source>“Stop and keep” would make a model of it and judge that.</source>
        <translation>“중단하고 보관”을 누르면 학습한 것으로 모델을 만들고 판정합니다.</translation>
    </message>
    <message>
        <source>Stop and discard</source>
        <translation>중단하고 버리기</translation>
    </message>
    <message>
        <source>The training was stopped. It can be gone on with from its last checkpoint.</source>
        <translation>학습을 중단했습니다. 마지막 체크포인트부터 이어서 할 수 있습니다.</translation>
    </message>
    <message>
        <source>The training was discarded.</source>
        <translation>학습을 버렸습니다.</translation>
    </message>
    <message>
        <source>The training was stopped. It can be gone on with under “Earlier trainings”.</source>
        <translation>학습을 중단했습니다. “이전 학습”에서 이어서 할 수 있습니다.</translation>
    </message>
    <message>
        <source>Go on with the training from its last checkpoint.</source>
        <translation>마지막 체크포인트부터 학습을 계속합니다.</translation>
    </message>
    <message>
        <source>The chart was saved as {name}.</source>
        <translation>차트를 {name}(으)로 저장했습니다.</translation>
    </message>
    <message>
        <source>It is not adopted, as it is not better for sure. The model in use stays.</source>
        <translation>더 좋은지 확실하지 않아 채택하지 않습니다. 쓰던 모델을 그대로 씁니다.</translation>
    </message>
    <message>
        <source>Nothing can be learnt from these folders.</source>
        <translation>이 폴더로는 학습할 수 없습니다.</translation>
    </message>
    <message>
        <source>Start now, or wait for what is found.</source>
        <translation>지금 시작하거나, 살펴보기가 끝날 때까지 기다리세요.</translation>
    </message>
</context>
<context>
    <name>TrainProgress</name>
    <message>
        <source>Stopping…</source>
        <translation>중단하는 중…</translation>
    </message>
    <message>
        <source>Stopping; what was learnt is written down…</source>
        <translation>중단하는 중입니다. 학습한 것을 저장합니다…</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>준비하는 중…</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>일시 정지됨</translation>
    </message>
    <message>
        <source>{rate} patches/s</source>
        <translation>초당 조각 {rate}개</translation>
    </message>
</context>
<context>
    <name>TrainQuestions</name>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Adopt the model</source>
        <translation>모델 채택</translation>
    </message>
    <message>
        <source>The model appears under this name in its tool. The models that are there stay.</source>
        <translation>모델이 도구에 이 이름으로 나타납니다. 이미 있는 모델은 그대로 남습니다.</translation>
    </message>
    <message>
        <source>Adopt</source>
        <translation>채택</translation>
    </message>
</context>
<context>
    <name>TrainRunning</name>
    <message>
        <source>What is being taught</source>
        <translation>학습하는 것</translation>
    </message>
    <message>
        <source>What goes on before and after the steps</source>
        <translation>학습 단계 전후에 진행 중인 작업</translation>
    </message>
    <message>
        <source>Photos that it does not learn from</source>
        <translation>학습하지 않는 사진</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>준비하는 중…</translation>
    </message>
    <message>
        <source>Photos that were kept aside appear here as soon as there is a first result.</source>
        <translation>첫 결과가 나오면 판정용으로 남겨 둔 사진이 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>It went astray, and goes on from step {step}.</source>
        <translation>학습이 어긋나서 {step}단계부터 계속합니다.</translation>
    </message>
    <message>
        <source>{what}: {done} of {total}</source>
        <translation>{what}: {done} / {total}</translation>
    </message>
    <message>
        <source>Photos that it does not learn from, after {steps} steps</source>
        <translation>학습하지 않는 사진, {steps}단계 후</translation>
    </message>
</context>
<context>
    <name>TrainSettings</name>
    <message>
        <source>What is to become better.</source>
        <translation>더 좋아질 도구입니다.</translation>
    </message>
    <message>
        <source>What the photos are.</source>
        <translation>사진의 종류입니다.</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Folders of photos to learn from, with all folders below. They are only read.</source>
        <translation>학습할 사진 폴더이며, 아래 폴더도 모두 포함합니다. 읽기만 합니다.</translation>
    </message>
    <message>
        <source>Noisy photos</source>
        <translation>노이즈가 있는 사진</translation>
    </message>
    <message>
        <source>The noisy photo of each pair, under the same name as the good one.</source>
        <translation>짝마다 노이즈가 있는 쪽의 사진으로, 깨끗한 사진과 이름이 같아야 합니다.</translation>
    </message>
    <message>
        <source>Own marks (optional)</source>
        <translation>내 마크 (선택 사항)</translation>
    </message>
    <message>
        <source>A folder of marks as PNG files with transparency. Its marks are what it learns to know best.</source>
        <translation>투명한 배경의 PNG로 된 마크 폴더입니다. 여기에 있는 마크를 가장 잘 알게 됩니다.</translation>
    </message>
    <message>
        <source>What the training goes on from. A trained model learns in minutes what is special of your photos; from nothing takes days and thousands of photos.</source>
        <translation>학습을 시작할 모델입니다. 이미 학습한 모델은 내 사진의 특징을 몇 분 만에 익히지만, 처음부터 학습하려면 며칠과 사진 수천 장이 필요합니다.</translation>
    </message>
    <message>
        <source>What the new model is called. The old one stays.</source>
        <translation>새 모델의 이름입니다. 이전 모델은 그대로 남습니다.</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Teach</source>
        <translation>학습 대상</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>시작 모델</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>{name} (own)</source>
        <translation>{name} (내 모델)</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>처음부터</translation>
    </message>
    <message>
        <source>Good photos</source>
        <translation>깨끗한 사진</translation>
    </message>
</context>
<context>
    <name>TrainVerdict</name>
    <message>
        <source>Verdict</source>
        <translation>판정</translation>
    </message>
    <message>
        <source>Reasons</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>Where it gains least</source>
        <translation>가장 적게 좋아진 사진</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>손상된 사진</translation>
    </message>
    <message>
        <source>shown to it</source>
        <translation>모델에 보인 것</translation>
    </message>
    <message>
        <source>photo</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>model in use</source>
        <translation>쓰고 있는 모델</translation>
    </message>
    <message>
        <source>new model</source>
        <translation>새 모델</translation>
    </message>
    <message>
        <source>truth</source>
        <translation>정답</translation>
    </message>
    <message>
        <source>Photos on which it gains least</source>
        <translation>가장 적게 좋아진 사진</translation>
    </message>
</context>
<context>
    <name>TrainWords</name>
    <message>
        <source>Denoise</source>
        <translation>노이즈 제거</translation>
    </message>
    <message>
        <source>Takes out noise as your camera makes it. It needs good photos, or noisy ones.</source>
        <translation>내 카메라에서 생기는 노이즈를 지웁니다. 깨끗한 사진이나 노이즈가 있는 사진이 필요합니다.</translation>
    </message>
    <message>
        <source>Colorize</source>
        <translation>색 입히기</translation>
    </message>
    <message>
        <source>Gives grey photos the colours of yours. It needs colour photos of like subjects.</source>
        <translation>흑백 사진에 내 사진의 색을 입힙니다. 비슷한 대상을 찍은 컬러 사진이 필요합니다.</translation>
    </message>
    <message>
        <source>Remove watermarks</source>
        <translation>워터마크 제거</translation>
    </message>
    <message>
        <source>Takes marks out of photos. It needs photos without marks, and gains by your own marks.</source>
        <translation>사진에서 마크를 지웁니다. 마크가 없는 사진이 필요하며, 내 마크가 있으면 더 좋아집니다.</translation>
    </message>
    <message>
        <source>Compress</source>
        <translation>압축</translation>
    </message>
    <message>
        <source>Makes files of your kind of photo smaller. It needs good photos, and the most time.</source>
        <translation>내 사진과 비슷한 사진의 파일을 더 작게 만듭니다. 깨끗한 사진이 필요하며, 시간이 가장 오래 걸립니다.</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>탐색</translation>
    </message>
    <message>
        <source>Learns what your photos have in common, to map, compare and sort them. It needs as many of them as there are.</source>
        <translation>내 사진의 공통점을 학습하여 사진을 지도로 펼치고, 비교하고, 분류합니다. 사진이 되도록 많이 필요합니다.</translation>
    </message>
    <message>
        <source>Fill in holes</source>
        <translation>빈 곳 채우기</translation>
    </message>
    <message>
        <source>Invents what is under thick marks. It needs good photos of like subjects.</source>
        <translation>짙은 마크의 아래를 지어내어 채웁니다. 비슷한 대상을 찍은 깨끗한 사진이 필요합니다.</translation>
    </message>
    <message>
        <source>Find marks</source>
        <translation>마크 찾기</translation>
    </message>
    <message>
        <source>Finds where a mark is. It needs photos without marks, and gains by your own marks.</source>
        <translation>마크가 어디에 있는지 찾습니다. 마크가 없는 사진이 필요하며, 내 마크가 있으면 더 좋아집니다.</translation>
    </message>
    <message>
        <source>Noise level</source>
        <translation>노이즈 수준</translation>
    </message>
    <message>
        <source>Tells how much noise a photo has, for Denoise. It needs good photos.</source>
        <translation>사진에 노이즈가 얼마나 있는지 노이즈 제거에 알려 줍니다. 깨끗한 사진이 필요합니다.</translation>
    </message>
    <message>
        <source>shown to it</source>
        <translation>모델에 보인 것</translation>
    </message>
    <message>
        <source>from its code</source>
        <translation>코드로 그린 것</translation>
    </message>
    <message>
        <source>photo</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>before</source>
        <translation>이전</translation>
    </message>
    <message>
        <source>now</source>
        <translation>지금</translation>
    </message>
    <message>
        <source>truth</source>
        <translation>정답</translation>
    </message>
    <message>
        <source>Good photos</source>
        <translation>깨끗한 사진</translation>
    </message>
    <message>
        <source>Photos with little noise, of low ISO or made smaller. Noise is added while it learns.</source>
        <translation>ISO가 낮거나 크기를 줄여 노이즈가 적은 사진입니다. 학습하면서 노이즈를 더합니다.</translation>
    </message>
    <message>
        <source>Pairs, good and noisy</source>
        <translation>짝 (깨끗함·노이즈)</translation>
    </message>
    <message>
        <source>Each scene twice from a tripod, under the same file names in two folders.</source>
        <translation>삼각대로 장면마다 두 번 찍어 두 폴더에 같은 파일 이름으로 넣은 사진입니다.</translation>
    </message>
    <message>
        <source>Bursts or ISO series</source>
        <translation>연속 촬영 또는 ISO 시리즈</translation>
    </message>
    <message>
        <source>Several photos of each scene, one after the other. They are found by time and content.</source>
        <translation>장면마다 이어서 여러 장 찍은 사진입니다. 시간과 내용으로 찾습니다.</translation>
    </message>
    <message>
        <source>Noisy photos alone</source>
        <translation>노이즈가 있는 사진만</translation>
    </message>
    <message>
        <source>No good photos are there. It learns less than from pairs, but from your very noise.</source>
        <translation>깨끗한 사진이 없을 때 씁니다. 짝으로 할 때보다 덜 배우지만 바로 내 사진의 노이즈로 학습합니다.</translation>
    </message>
    <message>
        <source>Looking through the photos</source>
        <translation>사진을 살펴보는 중</translation>
    </message>
    <message>
        <source>Reading the photos</source>
        <translation>사진을 읽는 중</translation>
    </message>
    <message>
        <source>Trying how fast this machine is</source>
        <translation>이 컴퓨터의 속도를 재는 중</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>학습 중</translation>
    </message>
    <message>
        <source>Settling what was learnt</source>
        <translation>학습한 내용 마무리</translation>
    </message>
    <message>
        <source>Judging on photos that it did not learn from</source>
        <translation>학습하지 않은 사진으로 판정하는 중</translation>
    </message>
    <message>
        <source>Unlike the photo</source>
        <translation>사진과의 차이</translation>
    </message>
    <message>
        <source>Uneven codes</source>
        <translation>고르지 않은 코드</translation>
    </message>
    <message>
        <source>Step {step}, {time}</source>
        <translation>{step}단계, {time}</translation>
    </message>
    <message>
        <source>{size} GB</source>
        <translation>{size} GB</translation>
    </message>
    <message>
        <source>{size} MB</source>
        <translation>{size} MB</translation>
    </message>
    <message>
        <source>On this machine, {time} are about {steps} steps ({rate} patches per second).</source>
        <translation>이 컴퓨터에서는 {time} 동안 약 {steps}단계를 학습합니다(초당 조각 {rate}개).</translation>
    </message>
    <message>
        <source>On this machine, {steps} steps take about {time} ({rate} patches per second).</source>
        <translation>이 컴퓨터에서는 {steps}단계를 학습하는 데 약 {time} 걸립니다(초당 조각 {rate}개).</translation>
    </message>
    <message>
        <source>Training takes about {size} of memory.</source>
        <translation>학습에는 메모리가 약 {size} 필요합니다.</translation>
    </message>
    <message>
        <source>{count} h</source>
        <translation>{count}시간</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count}분</translation>
    </message>
</context>
<context>
    <name>UnreadableDialog</name>
    <message>
        <source>Photos that cannot be read</source>
        <translation>읽을 수 없는 사진</translation>
    </message>
    <message>
        <source>These are left out of everything on this page. The files stay as they are.</source>
        <translation>이 화면의 모든 작업에서 제외됩니다. 파일은 그대로 남습니다.</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>목록 복사</translation>
    </message>
    <message>
        <source>Copy the paths and the reasons.</source>
        <translation>경로와 이유를 복사합니다.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Open a photo to take the noise out of it, or drop photos and folders here.</source>
        <translation>사진을 열어 노이즈를 제거하십시오. 사진이나 폴더를 여기로 끌어다 놓아도 됩니다.</translation>
    </message>
    <message>
        <source>Open photos…</source>
        <translation>사진 열기…</translation>
    </message>
    <message>
        <source>Choose one or more photos (Ctrl+O).</source>
        <translation>사진을 하나 이상 고릅니다 (Ctrl+O).</translation>
    </message>
    <message>
        <source>Or try one of these</source>
        <translation>예제 사진으로 시작하기</translation>
    </message>
    <message>
        <source>Open the sample “{name}”.</source>
        <translation>예제 사진 “{name}”을(를) 엽니다.</translation>
    </message>
    <message>
        <source>Sample photo {name}</source>
        <translation>예제 사진 {name}</translation>
    </message>
</context>
<context>
    <name>WorkStatus</name>
    <message>
        <source>Restoring {name}</source>
        <translation>{name} 복원 중</translation>
    </message>
    <message>
        <source>Comparing two models on {name}</source>
        <translation>{name}에서 두 모델 비교 중</translation>
    </message>
    <message>
        <source>The tools could not be loaded.</source>
        <translation>도구를 불러오지 못했습니다.</translation>
    </message>
    <message>
        <source>Saving {name}</source>
        <translation>{name} 저장 중</translation>
    </message>
    <message>
        <source>Saved as {name}</source>
        <translation>{name}(으)로 저장했습니다</translation>
    </message>
    <message>
        <source>Batch paused: {counts}</source>
        <translation>일괄 처리 일시 정지됨: {counts}</translation>
    </message>
    <message>
        <source>Batch: {counts}</source>
        <translation>일괄 처리: {counts}</translation>
    </message>
    <message>
        <source>The batch was stopped.</source>
        <translation>일괄 처리를 중단했습니다.</translation>
    </message>
    <message>
        <source>The batch has ended.</source>
        <translation>일괄 처리가 끝났습니다.</translation>
    </message>
    <message>
        <source>Training paused: {counts}</source>
        <translation>학습 일시 정지됨: {counts}</translation>
    </message>
    <message>
        <source>Training: {counts}</source>
        <translation>학습: {counts}</translation>
    </message>
    <message>
        <source>The training has ended.</source>
        <translation>학습이 끝났습니다.</translation>
    </message>
    <message>
        <source>Looking at photos</source>
        <translation>사진 살펴보는 중</translation>
    </message>
    <message>
        <source>Looking at photos: {counts}</source>
        <translation>사진 살펴보는 중: {counts}</translation>
    </message>
    <message>
        <source>Stop looking. What is done is kept.</source>
        <translation>살펴보기를 멈춥니다. 완료한 것은 그대로 남습니다.</translation>
    </message>
</context>
<context>
    <name>_Card</name>
    <message>
        <source>Photo</source>
        <translation>사진</translation>
    </message>
</context>
<context>
    <name>_Curve</name>
    <message>
        <source>Hours of training</source>
        <translation>학습 시간 (시간)</translation>
    </message>
    <message>
        <source>Minutes of training</source>
        <translation>학습 시간 (분)</translation>
    </message>
</context>
<context>
    <name>memory</name>
    <message>
        <source>Light skin</source>
        <translation>밝은 피부</translation>
    </message>
    <message>
        <source>Dark skin</source>
        <translation>어두운 피부</translation>
    </message>
    <message>
        <source>Lips</source>
        <translation>입술</translation>
    </message>
    <message>
        <source>Blond hair</source>
        <translation>금발</translation>
    </message>
    <message>
        <source>Brown hair</source>
        <translation>갈색 머리</translation>
    </message>
    <message>
        <source>Earth</source>
        <translation>흙</translation>
    </message>
    <message>
        <source>Brick</source>
        <translation>벽돌</translation>
    </message>
    <message>
        <source>Sky</source>
        <translation>하늘</translation>
    </message>
    <message>
        <source>Water</source>
        <translation>물</translation>
    </message>
    <message>
        <source>Grass</source>
        <translation>풀</translation>
    </message>
    <message>
        <source>Leaves</source>
        <translation>나뭇잎</translation>
    </message>
    <message>
        <source>Navy blue</source>
        <translation>남색</translation>
    </message>
    <message>
        <source>Khaki</source>
        <translation>카키</translation>
    </message>
    <message>
        <source>No colour</source>
        <translation>무채색</translation>
    </message>
</context>
<context>
    <name>sentences</name>
    <message>
        <source>{name} is the original photo, which is never overwritten. Please choose another name.</source>
        <translation>{name}: 원본 사진이며, 원본은 절대 덮어쓰지 않습니다. 다른 이름을 선택하세요.</translation>
    </message>
    <message>
        <source>{name} is a folder. Please choose another name.</source>
        <translation>{name}: 폴더입니다. 다른 이름을 선택하세요.</translation>
    </message>
    <message>
        <source>{name} already exists and was not replaced. Please choose another name.</source>
        <translation>{name}: 이미 있는 파일이라 바꾸지 않았습니다. 다른 이름을 선택하세요.</translation>
    </message>
    <message>
        <source>{name} was not saved: the disk takes no file that large. Please choose another disk or format.</source>
        <translation>{name}: 이 디스크에는 이렇게 큰 파일을 저장할 수 없습니다. 다른 디스크나 형식을 선택하세요.</translation>
    </message>
    <message>
        <source>{name} was not saved: the folder {folder} is read-only. Please choose another folder.</source>
        <translation>{name}: {folder} 폴더가 읽기 전용이라 저장하지 못했습니다. 다른 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>{name} was not saved: its name is too long. Please choose a shorter one.</source>
        <translation>{name}: 이름이 너무 길어 저장하지 못했습니다. 더 짧은 이름을 선택하세요.</translation>
    </message>
    <message>
        <source>{name} is too large for AVIF, which ends at {most} pixels a side. Please save it as TIFF or PNG.</source>
        <translation>{name}: AVIF로 저장하기에는 너무 큽니다. AVIF는 한 변이 {most}픽셀까지입니다. TIFF나 PNG로 저장하세요.</translation>
    </message>
    <message>
        <source>{name} holds {mode} colours, which AEStudio does not know. Please save it as RGB or greyscale.</source>
        <translation>{name}: AEStudio가 모르는 {mode} 색상 형식입니다. RGB나 회색조로 저장해 주세요.</translation>
    </message>
    <message>
        <source>{name} is incomplete: the end of the file is missing. Please copy it again from the camera or from a backup.</source>
        <translation>{name}: 파일의 끝부분이 없어 온전하지 않습니다. 카메라나 백업에서 다시 복사하세요.</translation>
    </message>
    <message>
        <source>{name} is damaged and cannot be opened. Please copy it again from the camera or from a backup.</source>
        <translation>{name}: 파일이 손상되어 열 수 없습니다. 카메라나 백업에서 다시 복사하세요.</translation>
    </message>
    <message>
        <source>{name} claims to hold {width} × {height} pixels, more than the {most} megapixels that AEStudio opens. Please split it, or save a smaller version.</source>
        <translation>{name}: {width} × {height} 픽셀로, AEStudio가 여는 한도인 {most}메가픽셀을 넘습니다. 나누거나 더 작게 저장해 주세요.</translation>
    </message>
    <message>
        <source>{name} is not a photo that AEStudio opens. Please choose a JPEG, PNG, TIFF, WebP, HEIC, AVIF, JPEG XL, AES, BMP or camera raw file.</source>
        <translation>{name}: AEStudio가 여는 사진이 아닙니다. JPEG, PNG, TIFF, WebP, HEIC, AVIF, JPEG XL, AES, BMP 또는 카메라 RAW 파일을 선택하세요.</translation>
    </message>
    <message>
        <source>{name} is a video or another file that is no photo. Please choose a photo.</source>
        <translation>{name}: 동영상이거나 사진이 아닌 파일입니다. 사진을 선택하세요.</translation>
    </message>
    <message>
        <source>{name} is a HEIC file, which needs a package of its own. Please install it with: pip install pillow-heif, or convert the photo to JPEG.</source>
        <translation>{name}: HEIC 파일을 열려면 별도의 패키지가 필요합니다. pip install pillow-heif로 설치하거나 사진을 JPEG로 변환하세요.</translation>
    </message>
    <message>
        <source>{name} does not fit into memory. Please close other programs or use a smaller photo.</source>
        <translation>{name}: 메모리가 부족하여 열 수 없습니다. 다른 프로그램을 닫거나 더 작은 사진을 사용하세요.</translation>
    </message>
    <message>
        <source>{name} was not saved: what was written could not be read back. Please check the disk and save elsewhere.</source>
        <translation>{name}: 기록한 내용을 다시 읽을 수 없어 저장하지 않았습니다. 디스크를 확인하고 다른 곳에 저장하세요.</translation>
    </message>
    <message>
        <source>{name} is empty. Please copy it again from the camera or from a backup.</source>
        <translation>{name}: 빈 파일입니다. 카메라나 백업에서 다시 복사하세요.</translation>
    </message>
    <message>
        <source>{name} would be a {format} file under the name of a {other} file. Please change its ending.</source>
        <translation>{name}: 확장자는 {other}인데 내용은 {format}이 됩니다. 확장자를 바꾸세요.</translation>
    </message>
    <message>
        <source>{name} cannot hold {bits} bits as {format}. Please save it as {formats}.</source>
        <translation>{name}: {format} 형식은 {bits}비트를 담을 수 없습니다. 다음 형식으로 저장하세요: {formats}.</translation>
    </message>
    <message>
        <source>The quality is {quality}: please choose a value from 1 to 100.</source>
        <translation>품질 값이 {quality}입니다. 1에서 100 사이의 값을 선택하세요.</translation>
    </message>
    <message>
        <source>The bit depth is {bit_depth}: please choose 8, 16 or 32.</source>
        <translation>비트 심도가 {bit_depth}입니다. 8, 16, 32 중에서 선택하세요.</translation>
    </message>
    <message>
        <source>The folder {name} cannot be opened. Please choose another folder.</source>
        <translation>{name} 폴더를 열 수 없습니다. 다른 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>{name} has no ending that AEStudio saves. Please end the name with .jpg, .png, .tif, .webp, .avif or .aes.</source>
        <translation>{name}: AEStudio가 저장하는 확장자가 아닙니다. 이름을 .jpg, .png, .tif, .webp, .avif 또는 .aes로 끝내세요.</translation>
    </message>
    <message>
        <source>{name} is a folder. Please choose a photo in it.</source>
        <translation>{name}: 폴더입니다. 그 안의 사진을 선택하세요.</translation>
    </message>
    <message>
        <source>{name} does not exist. It may have been moved or renamed: please open it again.</source>
        <translation>{name}: 파일이 없습니다. 옮겨졌거나 이름이 바뀌었을 수 있으니 다시 열어 주세요.</translation>
    </message>
    <message>
        <source>{name} may not be read. Please check the file&apos;s permissions.</source>
        <translation>{name}: 읽을 권한이 없습니다. 파일 권한을 확인하세요.</translation>
    </message>
    <message>
        <source>{name} cannot be read ({reason}). Please check the disk or the card.</source>
        <translation>{name}: 읽을 수 없습니다({reason}). 디스크나 메모리 카드를 확인하세요.</translation>
    </message>
    <message>
        <source>{name} could not be encoded as {format}. Please save it as {other}.</source>
        <translation>{name}: {format} 형식으로 저장하지 못했습니다. {other} 형식으로 저장하세요.</translation>
    </message>
    <message>
        <source>{name} is too large for JPEG, which ends at {most} pixels a side. Please save it as TIFF or PNG.</source>
        <translation>{name}: 한 변이 {most}픽셀까지인 JPEG로는 너무 큽니다. TIFF나 PNG로 저장하세요.</translation>
    </message>
    <message>
        <source>{name} has more metadata than a JPEG can hold. Please save it as TIFF or PNG.</source>
        <translation>{name}: 메타데이터가 JPEG에 담을 수 있는 양을 넘습니다. TIFF나 PNG로 저장하세요.</translation>
    </message>
    <message>
        <source>{name} is too large for TIFF, which ends at 4 GB. Please save it as PNG.</source>
        <translation>{name}: 4GB까지인 TIFF로는 너무 큽니다. PNG로 저장하세요.</translation>
    </message>
    <message>
        <source>{name} is transparent in places, which a JPEG cannot be. Please save it as PNG, TIFF, WebP or AVIF.</source>
        <translation>{name}: 투명한 부분이 있어 JPEG로 저장할 수 없습니다. PNG, TIFF, WebP 또는 AVIF로 저장하세요.</translation>
    </message>
    <message>
        <source>The content credentials in the file are damaged: a saved copy will be without them.</source>
        <translation>파일의 콘텐츠 자격 증명이 손상되어 저장본에는 넣지 않습니다.</translation>
    </message>
    <message>
        <source>The file holds several pictures: the first is shown.</source>
        <translation>파일에 그림이 여러 장 있어 첫 번째 그림을 보여 줍니다.</translation>
    </message>
    <message>
        <source>The photo holds CMYK inks without a profile: they were converted to sRGB roughly, and stay sRGB.</source>
        <translation>프로파일이 없는 CMYK 사진이어서 sRGB로 대략 변환했습니다. 결과도 sRGB로 남습니다.</translation>
    </message>
    <message>
        <source>The photo holds Lab colours: they were converted to sRGB, and stay sRGB.</source>
        <translation>Lab 사진이어서 sRGB로 변환했습니다. 결과도 sRGB로 남습니다.</translation>
    </message>
    <message>
        <source>{name} holds {width} × {height} pixels, more than {most} megapixels: it takes gigabytes of memory. If that is meant, please confirm it in the window, or add --large on the command line.</source>
        <translation>{name}: {width} × {height}픽셀로 {most}메가픽셀을 넘어 메모리를 수 기가바이트 씁니다. 그래도 열려면 창에서 확인하거나 명령줄에 --large를 더하세요.</translation>
    </message>
    <message>
        <source>The photo holds CMYK inks: they were converted to sRGB by their profile, and stay sRGB.</source>
        <translation>CMYK 사진이어서 프로파일에 따라 sRGB로 변환했습니다. 결과도 sRGB로 남습니다.</translation>
    </message>
    <message>
        <source>The colour profile in the file cannot be used: colours are taken for sRGB.</source>
        <translation>파일의 색 프로파일을 쓸 수 없어 색을 sRGB로 봅니다.</translation>
    </message>
    <message>
        <source>The file is damaged. This is what could be read of it: the rest is missing.</source>
        <translation>파일이 손상되었습니다. 읽을 수 있는 부분만 열었으며 나머지는 없습니다.</translation>
    </message>
    <message>
        <source>JPEG XL: colours are taken for sRGB. A photo in another colour space is better opened as TIFF.</source>
        <translation>JPEG XL: 색을 sRGB로 봅니다. 다른 색 공간의 사진은 TIFF로 여는 것이 좋습니다.</translation>
    </message>
    <message>
        <source>{name} is a JPEG XL file of an unknown kind. Please convert it to TIFF or PNG.</source>
        <translation>{name}: 알 수 없는 종류의 JPEG XL 파일입니다. TIFF나 PNG로 변환하세요.</translation>
    </message>
    <message>
        <source>The name pattern “{pattern}” cannot be used. Please write letters, digits and the places {places}.</source>
        <translation>이름 형식 “{pattern}”은(는) 쓸 수 없습니다. 글자, 숫자와 {places}을(를) 쓰세요.</translation>
    </message>
    <message>
        <source>The name pattern “{pattern}” gives every photo the same name. Please add {{name}} or {{n}}.</source>
        <translation>이름 형식 “{pattern}”을(를) 쓰면 모든 사진의 이름이 같아집니다. {{name}} 또는 {{n}}을(를) 더하세요.</translation>
    </message>
    <message>
        <source>{format} is not a format that AEStudio saves. Please choose one of {choices}.</source>
        <translation>{format}: AEStudio가 저장하는 형식이 아닙니다. {choices} 가운데 하나를 선택하세요.</translation>
    </message>
    <message>
        <source>The PNG level is {level}: please choose a value from 0 to 9.</source>
        <translation>PNG 압축 단계가 {level}입니다. 0부터 9까지의 값을 선택하세요.</translation>
    </message>
    <message>
        <source>The subsampling is {value}: please choose one of {choices}.</source>
        <translation>색 해상도가 {value}입니다. {choices} 가운데 하나를 선택하세요.</translation>
    </message>
    <message>
        <source>The compression is {value}: please choose one of {choices}.</source>
        <translation>압축이 {value}입니다. {choices} 가운데 하나를 선택하세요.</translation>
    </message>
    <message>
        <source>Metadata can be treated as one of {choices}, not as {value}.</source>
        <translation>메타데이터는 {value}(으)로 다룰 수 없습니다. {choices} 가운데 하나를 선택하세요.</translation>
    </message>
    <message>
        <source>The raw file was developed with the camera&apos;s white balance.</source>
        <translation>카메라의 화이트 밸런스로 RAW 파일을 현상했습니다.</translation>
    </message>
    <message>
        <source>{name} is a raw file of a camera that AEStudio does not know. Please develop it to TIFF first.</source>
        <translation>{name}: AEStudio가 모르는 카메라의 RAW 파일입니다. 먼저 TIFF로 현상하세요.</translation>
    </message>
    <message>
        <source>{name} is compressed in a way that AEStudio does not know. Please save it with ZIP or LZW compression.</source>
        <translation>{name}: AEStudio가 모르는 방식으로 압축되어 있습니다. ZIP이나 LZW 압축으로 저장해 주세요.</translation>
    </message>
    <message>
        <source>{name} is too large for WebP, which ends at {most} pixels a side. Please save it as JPEG, TIFF or PNG.</source>
        <translation>{name}: 한 변이 {most}픽셀까지인 WebP로는 너무 큽니다. JPEG, TIFF, PNG로 저장하세요.</translation>
    </message>
    <message>
        <source>The model card {path} cannot be read. Please install the model again.</source>
        <translation>모델 카드 {path}: 읽을 수 없습니다. 모델을 다시 설치하세요.</translation>
    </message>
    <message>
        <source>The model card {path} is damaged. Please install the model again.</source>
        <translation>모델 카드 {path}: 손상되었습니다. 모델을 다시 설치하세요.</translation>
    </message>
    <message>
        <source>There is no model “{name}”. Installed models: {there}. Please choose one of them, or install AEStudio again.</source>
        <translation>“{name}” 모델이 없습니다. 설치된 모델: {there}. 그중 하나를 고르거나 AEStudio를 다시 설치하세요.</translation>
    </message>
    <message>
        <source>The weights {path} are damaged or altered. Please install the model again.</source>
        <translation>가중치 파일 {path}: 손상되었거나 변경되었습니다. 모델을 다시 설치하세요.</translation>
    </message>
    <message>
        <source>The model {model} needs the network “{network}”, which this version of AEStudio lacks. Please update AEStudio.</source>
        <translation>{model} 모델에 필요한 “{network}” 네트워크가 이 버전의 AEStudio에 없습니다. AEStudio를 업데이트하세요.</translation>
    </message>
    <message>
        <source>The weights {path} cannot be read. Please install the model again.</source>
        <translation>가중치 파일 {path}: 읽을 수 없습니다. 모델을 다시 설치하세요.</translation>
    </message>
    <message>
        <source>The weights {path} do not fit the network “{network}”. Please install the model again.</source>
        <translation>가중치 파일 {path}: “{network}” 네트워크와 맞지 않습니다. 모델을 다시 설치하세요.</translation>
    </message>
    <message>
        <source>{label} is {value}: please choose a value from {low} to {high}.</source>
        <translation>{label} 값이 {value}입니다. {low}에서 {high} 사이의 값을 선택하세요.</translation>
    </message>
    <message>
        <source>In {name}, hint {number} lacks one of the numbers x, y, a, b. Please correct the file.</source>
        <translation>{name}: {number}번 힌트에 x, y, a, b 가운데 하나가 없습니다. 파일을 고치세요.</translation>
    </message>
    <message>
        <source>There are {count} hints: {most} are the most.</source>
        <translation>색 힌트가 {count}개입니다. 최대 {most}개까지 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>{name} is too large for a hints file. Please choose another file.</source>
        <translation>{name}: 색 힌트 파일로는 너무 큽니다. 다른 파일을 선택하세요.</translation>
    </message>
    <message>
        <source>Hint {number} is not a colour (a {a}, b {b}): both run from -128 to 128.</source>
        <translation>{number}번 힌트는 색이 아닙니다(a {a}, b {b}). 두 값은 -128부터 128까지입니다.</translation>
    </message>
    <message>
        <source>{name} is not a hints file, or it is damaged. Please choose another file.</source>
        <translation>{name}: 색 힌트 파일이 아니거나 손상되었습니다. 다른 파일을 선택하세요.</translation>
    </message>
    <message>
        <source>{name} is empty: nothing in it is opaque. Please choose another logo.</source>
        <translation>{name}: 비어 있는 그림입니다. 다른 로고를 선택하세요.</translation>
    </message>
    <message>
        <source>{name} is opaque everywhere. Please save the logo with its shape as transparency.</source>
        <translation>{name}: 전체가 불투명합니다. 로고 모양만 남기고 투명하게 저장하세요.</translation>
    </message>
    <message>
        <source>{name} holds no hints. Please choose another file.</source>
        <translation>{name}: 색 힌트가 없습니다. 다른 파일을 선택하세요.</translation>
    </message>
    <message>
        <source>{name} is a photo compressed by AEStudio, whose codec is not loaded.</source>
        <translation>{name}: AEStudio로 압축한 사진이지만 코덱을 불러오지 않았습니다.</translation>
    </message>
    <message>
        <source>The mask {name} marks nothing, all of it is dark. Please choose another one.</source>
        <translation>마스크 {name}에 표시된 곳이 없습니다. 전체가 어둡습니다. 다른 마스크를 선택하세요.</translation>
    </message>
    <message>
        <source>Hint {number} lies outside the photo (x {x}, y {y}): both run from 0 to 1.</source>
        <translation>{number}번 힌트가 사진 밖에 있습니다(x {x}, y {y}). 두 값은 0부터 1까지입니다.</translation>
    </message>
    <message>
        <source>{name} cannot be read ({reason}). Please choose another file.</source>
        <translation>{name}: 읽을 수 없습니다({reason}). 다른 파일을 선택하세요.</translation>
    </message>
    <message>
        <source>In {name}: {problem}</source>
        <translation>{name}: {problem}</translation>
    </message>
    <message>
        <source>{name} has no transparent background. Please save the logo as a PNG with transparency.</source>
        <translation>{name}: 배경이 투명하지 않습니다. 로고를 투명한 배경의 PNG로 저장하세요.</translation>
    </message>
    <message>
        <source>{folder} holds {count} photos of one size: at least {fewest} are needed to learn their mark.</source>
        <translation>{folder}에 크기가 같은 사진이 {count}장 있습니다. 표시를 익히려면 {fewest}장 이상 필요합니다.</translation>
    </message>
    <message>
        <source>The photos in {folder} share no mark at the same place. Please choose photos that carry it.</source>
        <translation>{folder}의 사진에서 같은 자리에 있는 공통된 표시를 찾지 못했습니다. 표시가 있는 사진을 선택하세요.</translation>
    </message>
    <message>
        <source>The folder for your marks, {folder}, cannot be made ({reason}). Please check the disk.</source>
        <translation>내 마크 폴더 {folder}을(를) 만들 수 없습니다({reason}). 디스크를 확인하세요.</translation>
    </message>
    <message>
        <source>The mark {name} could not be removed ({reason}). Please check the folder {folder}.</source>
        <translation>마크 {name}을(를) 지우지 못했습니다({reason}). {folder} 폴더를 확인하세요.</translation>
    </message>
    <message>
        <source>The mask {name} has {mask_width} × {mask_height} pixels, the photo {width} × {height}. Please let it be scaled, or choose another one.</source>
        <translation>마스크 {name}은(는) {mask_width} × {mask_height}픽셀이고 사진은 {width} × {height}픽셀입니다. 크기를 맞추거나 다른 마스크를 선택하세요.</translation>
    </message>
    <message>
        <source>The mask covers the whole photo: there is nothing to paint from. Please paint less.</source>
        <translation>마스크가 사진 전체를 덮어 칠할 근거가 없습니다. 덜 칠하세요.</translation>
    </message>
    <message>
        <source>{name} holds no colours of a reference, or it is damaged. Please choose a photo.</source>
        <translation>{name}: 기준 사진의 색이 없거나 손상되었습니다. 사진을 선택하세요.</translation>
    </message>
    <message>
        <source>{name} is black and white. Please choose a reference in colour.</source>
        <translation>{name}: 흑백 사진입니다. 컬러 사진을 기준으로 선택하세요.</translation>
    </message>
    <message>
        <source>The mark “{mark}” was not found in this photo, which stays as it is.</source>
        <translation>이 사진에서 마크 “{mark}”을(를) 찾지 못해 그대로 두었습니다.</translation>
    </message>
    <message>
        <source>{name} is not a folder. Please name a folder of photos that carry the mark.</source>
        <translation>{name}: 폴더가 아닙니다. 마크가 있는 사진 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>There can be one of a mask, a logo and a folder to learn from. Please choose one.</source>
        <translation>마스크, 로고, 학습할 폴더 가운데 하나만 쓸 수 있습니다. 하나를 선택하세요.</translation>
    </message>
    <message>
        <source>There is no device “{name}”. Please choose one of {known}.</source>
        <translation>“{name}” 장치가 없습니다. 다음 중에서 선택하세요: {known}.</translation>
    </message>
    <message>
        <source>This machine has no device “{name}”. Please choose “auto” or “cpu”.</source>
        <translation>이 컴퓨터에는 “{name}” 장치가 없습니다. “auto”나 “cpu”를 선택하세요.</translation>
    </message>
    <message>
        <source>Strength is {strength}: please choose a value from 0 to 1.</source>
        <translation>강도 값이 {strength}입니다. 0에서 1 사이의 값을 선택하세요.</translation>
    </message>
    <message>
        <source>There is not enough memory for a second copy of this photo. Please close other programs or photos.</source>
        <translation>이 사진의 복사본을 둘 메모리가 부족합니다. 다른 프로그램이나 사진을 닫으세요.</translation>
    </message>
    <message>
        <source>Memory was short: smaller tiles ({side} pixels) were used.</source>
        <translation>메모리가 부족하여 더 작은 조각({side}픽셀)으로 처리했습니다.</translation>
    </message>
    <message>
        <source>Memory was short: half precision was used.</source>
        <translation>메모리가 부족하여 절반 정밀도로 처리했습니다.</translation>
    </message>
    <message>
        <source>The memory of the graphics card was short: the processor was used.</source>
        <translation>그래픽 카드의 메모리가 부족하여 프로세서로 처리했습니다.</translation>
    </message>
    <message>
        <source>There is not enough memory to restore this photo, even in the smallest tiles. Please close other programs and try again.</source>
        <translation>가장 작은 조각으로 나누어도 이 사진을 복원할 메모리가 부족합니다. 다른 프로그램을 닫고 다시 시도하세요.</translation>
    </message>
    <message>
        <source>A part of the file that AEStudio does not know is damaged, and was left out.</source>
        <translation>파일에서 AEStudio가 모르는 부분이 손상되어 제외했습니다.</translation>
    </message>
    <message>
        <source>The beginning of the file is damaged: what it says was taken from the copy at the end.</source>
        <translation>파일의 앞부분이 손상되어 끝에 있는 사본에서 읽었습니다.</translation>
    </message>
    <message>
        <source>The end of the file is damaged or missing: what it says was taken from the beginning.</source>
        <translation>파일의 끝부분이 손상되었거나 없어서 앞부분에서 읽었습니다.</translation>
    </message>
    <message>
        <source>The file is longer or shorter than it was saved: all that could be found in it was read.</source>
        <translation>파일이 저장했을 때보다 길거나 짧습니다. 찾을 수 있는 것은 모두 읽었습니다.</translation>
    </message>
    <message>
        <source>The EXIF data in the file are damaged: a saved copy will be without them.</source>
        <translation>파일의 EXIF 정보가 손상되었습니다. 저장한 사본에는 들어가지 않습니다.</translation>
    </message>
    <message>
        <source>The XMP data in the file are damaged: a saved copy will be without them.</source>
        <translation>파일의 XMP 정보가 손상되었습니다. 저장한 사본에는 들어가지 않습니다.</translation>
    </message>
    <message>
        <source>The IPTC data in the file are damaged: a saved copy will be without them.</source>
        <translation>파일의 IPTC 정보가 손상되었습니다. 저장한 사본에는 들어가지 않습니다.</translation>
    </message>
    <message>
        <source>The comment in the file is damaged: a saved copy will be without it.</source>
        <translation>파일의 설명이 손상되었습니다. 저장한 사본에는 들어가지 않습니다.</translation>
    </message>
    <message>
        <source>The resolution in the file is damaged: a saved copy will be without it.</source>
        <translation>파일의 해상도 정보가 손상되었습니다. 저장한 사본에는 들어가지 않습니다.</translation>
    </message>
    <message>
        <source>The transparency in the file is damaged: the photo is opened without it.</source>
        <translation>파일의 투명도가 손상되었습니다. 투명도 없이 사진을 엽니다.</translation>
    </message>
    <message>
        <source>{name} was made by a newer version of AEStudio. Please update AEStudio to open it.</source>
        <translation>{name}은(는) 더 새로운 버전의 AEStudio로 만든 파일입니다. 열려면 AEStudio를 업데이트하세요.</translation>
    </message>
    <message>
        <source>{name} is not a photo compressed by AEStudio. Please choose a file that ends in .aes.</source>
        <translation>{name}은(는) AEStudio로 압축한 사진이 아닙니다. .aes로 끝나는 파일을 고르세요.</translation>
    </message>
    <message>
        <source>{name} claims to be {side} pixels long, more than the {most} that an .aes file may be. Please split it, or save a smaller version.</source>
        <translation>{name}의 한 변이 {side}픽셀이라고 되어 있습니다. .aes 파일은 {most}픽셀까지만 가능합니다. 나누거나 더 작게 저장하세요.</translation>
    </message>
    <message>
        <source>The file holds other symbols than were written: this version of AEStudio reads it wrongly. Please open it with the version that wrote it.</source>
        <translation>파일에서 읽은 값이 저장된 값과 다릅니다. 이 버전의 AEStudio는 이 파일을 잘못 읽습니다. 저장한 버전으로 여세요.</translation>
    </message>
    <message>
        <source>{name}: {reason}</source>
        <translation>{name}: {reason}</translation>
    </message>
    <message>
        <source>{name} is damaged: {lost} of its {all} tiles cannot be read. Please copy it again from a backup, or open what can be read.</source>
        <translation>{name}: 손상되어 타일 {all}개 가운데 {lost}개를 읽을 수 없습니다. 백업에서 다시 복사하거나, 읽을 수 있는 부분만 여세요.</translation>
    </message>
    <message>
        <source>{lost} of {all} tiles are damaged; the rest is whole.</source>
        <translation>타일 {all}개 가운데 {lost}개가 손상되었고 나머지는 온전합니다.</translation>
    </message>
    <message>
        <source>The file was compressed with the model {model} {version}, which is not installed. Please install it, or open the file where it was made.</source>
        <translation>이 파일은 설치되지 않은 모델 {model} {version}(으)로 압축되었습니다. 모델을 설치하거나 파일을 만든 컴퓨터에서 여세요.</translation>
    </message>
    <message>
        <source>There can be one of a quality, a size and a PSNR. Please choose one.</source>
        <translation>품질, 크기, PSNR 가운데 하나만 정할 수 있습니다. 하나를 고르세요.</translation>
    </message>
    <message>
        <source>{name} was not saved ({reason}). Please check the disk or choose another folder.</source>
        <translation>{name}: 저장하지 못했습니다({reason}). 디스크를 확인하거나 다른 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>{name} was not saved: the disk is full. Please free some space or choose another disk.</source>
        <translation>{name}: 디스크가 가득 차서 저장하지 못했습니다. 공간을 확보하거나 다른 디스크를 선택하세요.</translation>
    </message>
    <message>
        <source>{name} was not saved: the folder {folder} does not exist. Please choose another folder.</source>
        <translation>{name}: {folder} 폴더가 없어서 저장하지 못했습니다. 다른 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>There is no model “{model}” for {part}. Please choose another one on the Models page, or leave out the option --part.</source>
        <translation>{part}에 쓸 “{model}” 모델이 없습니다. 모델 화면에서 다른 모델을 선택하거나 --part 옵션을 빼세요.</translation>
    </message>
    <message>
        <source>The model “{model}” is made for {task}, not for {part}. Please choose another one on the Models page, or leave out the option --part.</source>
        <translation>“{model}” 모델은 {part}이(가) 아니라 {task}에 쓰는 것입니다. 모델 화면에서 다른 모델을 선택하거나 --part 옵션을 빼세요.</translation>
    </message>
    <message>
        <source>“{word}” is no part with its model. Please write such as inpaint=mine.</source>
        <translation>“{word}”은(는) 부분과 그 모델이 아닙니다. inpaint=mine처럼 쓰세요.</translation>
    </message>
    <message>
        <source>There are two models for {part}. Please leave one of them out.</source>
        <translation>{part}에 모델이 두 개 있습니다. 하나를 빼세요.</translation>
    </message>
    <message>
        <source>There is no part “{part}”. Please choose one of {known}.</source>
        <translation>“{part}” 부분이 없습니다. 다음 중에서 선택하세요: {known}.</translation>
    </message>
    <message>
        <source>There is no model “{name}”. There are: {there}.</source>
        <translation>“{name}” 모델이 없습니다. 있는 모델: {there}.</translation>
    </message>
    <message>
        <source>In {folder} there is no model. Please choose the folder of a run that is finished, or a model&apos;s card.</source>
        <translation>{folder} 폴더에 모델이 없습니다. 끝난 학습의 폴더나 모델 카드를 선택하세요.</translation>
    </message>
    <message>
        <source>In {folder} there are several models: {names}. Please name the card of one of them.</source>
        <translation>{folder} 폴더에 모델이 여러 개 있습니다: {names}. 그 가운데 하나의 모델 카드를 지정하세요.</translation>
    </message>
    <message>
        <source>A model cannot have the name “{name}”. Please choose a short one of letters, digits and spaces.</source>
        <translation>“{name}”은(는) 모델 이름으로 쓸 수 없습니다. 글자, 숫자, 빈칸으로 된 짧은 이름을 선택하세요.</translation>
    </message>
    <message>
        <source>“{name}” is the name of a model that came with AEStudio. Please choose another name.</source>
        <translation>“{name}”은(는) AEStudio에 들어 있는 모델의 이름입니다. 다른 이름을 선택하세요.</translation>
    </message>
    <message>
        <source>There is a model “{name}” already. Please choose another name.</source>
        <translation>“{name}” 모델이 이미 있습니다. 다른 이름을 선택하세요.</translation>
    </message>
    <message>
        <source>The model {name} came with AEStudio: it cannot be renamed or deleted. Please choose one of your own.</source>
        <translation>{name} 모델은 AEStudio에 들어 있는 것이라 이름을 바꾸거나 삭제할 수 없습니다. 내 모델을 선택하세요.</translation>
    </message>
    <message>
        <source>The model {name} is made for the tool “{tool}”, which this version of AEStudio lacks. Please update AEStudio.</source>
        <translation>{name} 모델을 쓰는 “{tool}” 도구가 이 버전의 AEStudio에 없습니다. AEStudio를 업데이트하세요.</translation>
    </message>
    <message>
        <source>The weights {path} are missing.</source>
        <translation>가중치 파일 {path}: 찾을 수 없습니다.</translation>
    </message>
    <message>
        <source>The verdict {path} is damaged. Please judge the model again, or remove the file.</source>
        <translation>판정 파일 {path}: 손상되었습니다. 모델을 다시 판정하거나 파일을 지우세요.</translation>
    </message>
    <message>
        <source>The model {name} cannot be deleted ({reason}). Please check the folder {folder}.</source>
        <translation>{name} 모델을 삭제할 수 없습니다({reason}). {folder} 폴더를 확인하세요.</translation>
    </message>
    <message>
        <source>{name} holds no model that can be read. Please export it again.</source>
        <translation>{name}: 읽을 수 있는 모델이 없습니다. 다시 내보내세요.</translation>
    </message>
    <message>
        <source>The model cannot be written ({reason}). Please choose another folder.</source>
        <translation>모델을 저장할 수 없습니다({reason}). 다른 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>The weights {path} were not copied well. Please try again.</source>
        <translation>가중치 파일 {path}: 제대로 복사되지 않았습니다. 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The quality is {value}: please choose a value from 0 to 100.</source>
        <translation>품질이 {value}입니다. 0에서 100 사이의 값을 고르세요.</translation>
    </message>
    <message>
        <source>A file of {value} bytes cannot hold a photo. Please choose more.</source>
        <translation>{value}바이트 파일에는 사진을 담을 수 없습니다. 더 크게 정하세요.</translation>
    </message>
    <message>
        <source>The PSNR is {value} dB: please choose a value from 10 to 60.</source>
        <translation>PSNR이 {value} dB입니다. 10에서 60 사이의 값을 고르세요.</translation>
    </message>
    <message>
        <source>The photo has {bits} bits for each colour: it is compressed at 8.</source>
        <translation>사진이 색마다 {bits}비트입니다. 8비트로 압축합니다.</translation>
    </message>
    <message>
        <source>{lost} of {all} tiles are damaged: they are marked in the photo, and the rest is whole.</source>
        <translation>타일 {all}개 가운데 {lost}개가 손상되었습니다. 사진에 표시했으며 나머지는 온전합니다.</translation>
    </message>
    <message>
        <source>Several machines take one more package. Please install it with: pip install &apos;aestudio[cluster]&apos;</source>
        <translation>여러 컴퓨터를 쓰려면 패키지가 하나 더 필요합니다. 다음으로 설치하세요: pip install &apos;aestudio[cluster]&apos;</translation>
    </message>
    <message>
        <source>{name} could not be done, {count} times ({reason}). Please report this.</source>
        <translation>{name}: {count}번 시도했지만 처리하지 못했습니다({reason}). 이 문제를 알려 주세요.</translation>
    </message>
    <message>
        <source>{name} was given up: {count} workers died while they had it, perhaps for lack of memory. Please try it on a machine with more.</source>
        <translation>{name}: 처리하던 워커 {count}개가 멈추어 포기했습니다. 메모리가 부족했을 수 있습니다. 메모리가 더 많은 컴퓨터에서 시도하세요.</translation>
    </message>
    <message>
        <source>The disk of {folder} is full.</source>
        <translation>{folder} 폴더의 디스크가 가득 찼습니다.</translation>
    </message>
    <message>
        <source>There is not enough memory for {name}. Please close other programs, or use the processor.</source>
        <translation>{name}: 메모리가 부족합니다. 다른 프로그램을 닫거나 프로세서를 사용하세요.</translation>
    </message>
    <message>
        <source>At the lowest quality the file still has {size} KB, not {wanted}.</source>
        <translation>가장 낮은 품질에서도 파일이 {size} KB로 목표 {wanted} KB보다 큽니다.</translation>
    </message>
    <message>
        <source>Metadata and transparency take {size} KB of the file.</source>
        <translation>메타데이터와 투명도가 파일에서 {size} KB를 차지합니다.</translation>
    </message>
    <message>
        <source>At the lowest quality the PSNR is still {psnr} dB, not {wanted}.</source>
        <translation>가장 낮은 품질에서도 PSNR이 {psnr} dB로 목표 {wanted} dB보다 높습니다.</translation>
    </message>
    <message>
        <source>At the highest quality the file has no more than {size} KB, not {wanted}.</source>
        <translation>가장 높은 품질에서도 파일이 {size} KB로 목표 {wanted} KB보다 작습니다.</translation>
    </message>
    <message>
        <source>The file has {size} KB, as near to {wanted} as any quality gives.</source>
        <translation>파일이 {size} KB입니다. 어떤 품질로도 목표 {wanted} KB에 더 가까워지지 않습니다.</translation>
    </message>
    <message>
        <source>At the highest quality the PSNR is no more than {psnr} dB, not {wanted}.</source>
        <translation>가장 높은 품질에서도 PSNR이 {psnr} dB로 목표 {wanted} dB보다 낮습니다.</translation>
    </message>
    <message>
        <source>The PSNR is {psnr} dB, as near to {wanted} as any quality gives.</source>
        <translation>PSNR이 {psnr} dB입니다. 어떤 품질로도 목표 {wanted} dB에 더 가까워지지 않습니다.</translation>
    </message>
    <message>
        <source>There are no workers at {address}. The job goes on when one joins.</source>
        <translation>{address}에 워커가 없습니다. 워커가 들어오면 작업을 계속합니다.</translation>
    </message>
    <message>
        <source>The worker {worker} cannot run AEStudio ({reason}). Please install {ours} on all machines.</source>
        <translation>워커 {worker}에서 AEStudio를 실행할 수 없습니다({reason}). 모든 컴퓨터에 {ours}을(를) 설치하세요.</translation>
    </message>
    <message>
        <source>The worker {worker} has {theirs}, and this machine has {ours}. Please install the same on all machines.</source>
        <translation>워커 {worker}에는 {theirs}이(가), 이 컴퓨터에는 {ours}이(가) 있습니다. 모든 컴퓨터에 같은 것을 설치하세요.</translation>
    </message>
    <message>
        <source>The scheduler at {address} does not answer any more. The job goes on when it is back.</source>
        <translation>{address}의 스케줄러가 더 이상 응답하지 않습니다. 다시 응답하면 작업을 계속합니다.</translation>
    </message>
    <message>
        <source>{problem} The job goes on when a worker can take part.</source>
        <translation>{problem} 참여할 수 있는 워커가 생기면 작업을 계속합니다.</translation>
    </message>
    <message>
        <source>{address} asks for certificates, and Dask’s configuration on this machine names none. Please see docs/cluster.md.</source>
        <translation>{address}에서 인증서를 요구하지만 이 컴퓨터의 Dask 설정에는 인증서가 없습니다. docs/cluster.md를 참고하세요.</translation>
    </message>
    <message>
        <source>“{address}” is no address of a scheduler. Please write it like tcp://192.168.1.10:8786.</source>
        <translation>“{address}”은(는) 스케줄러 주소가 아닙니다. tcp://192.168.1.10:8786처럼 쓰세요.</translation>
    </message>
    <message>
        <source>No scheduler answers at {address}. Please start one with “dask scheduler”, or correct the address.</source>
        <translation>{address}에서 응답하는 스케줄러가 없습니다. “dask scheduler”로 시작하거나 주소를 고치세요.</translation>
    </message>
    <message>
        <source>The date when it was taken is missing in the saved file. Please keep the original.</source>
        <translation>저장한 파일에 촬영 날짜가 없습니다. 원본을 보관하세요.</translation>
    </message>
    <message>
        <source>The date of the photo is missing in the saved file. Please keep the original.</source>
        <translation>저장한 파일에 사진의 날짜가 없습니다. 원본을 보관하세요.</translation>
    </message>
    <message>
        <source>The author is missing in the saved file. Please keep the original.</source>
        <translation>저장한 파일에 작가가 없습니다. 원본을 보관하세요.</translation>
    </message>
    <message>
        <source>The copyright is missing in the saved file. Please keep the original.</source>
        <translation>저장한 파일에 저작권이 없습니다. 원본을 보관하세요.</translation>
    </message>
    <message>
        <source>The GPS position is missing in the saved file. Please keep the original.</source>
        <translation>저장한 파일에 GPS 위치가 없습니다. 원본을 보관하세요.</translation>
    </message>
    <message>
        <source>The print resolution is missing in the saved file. Please keep the original.</source>
        <translation>저장한 파일에 인쇄 해상도가 없습니다. 원본을 보관하세요.</translation>
    </message>
    <message>
        <source>White became {amount} % darker, and may look dull. Please look at it.</source>
        <translation>흰색이 {amount} % 어두워져 탁해 보일 수 있습니다. 확인하세요.</translation>
    </message>
    <message>
        <source>The whole photo became {colour}, by {amount} units of Lab. Please compare it with the original.</source>
        <translation>사진 전체가 Lab 단위로 {amount}만큼 {colour} 변했습니다. 원본과 비교하세요.</translation>
    </message>
    <message>
        <source>A part of the photo became {colour}, by {amount} units of Lab. Please compare it with the original.</source>
        <translation>사진 일부가 Lab 단위로 {amount}만큼 {colour} 변했습니다. 원본과 비교하세요.</translation>
    </message>
    <message>
        <source>The photo had {old_width} × {old_height} pixels, and has {width} × {height} now. Please restore it again.</source>
        <translation>사진이 {old_width} × {old_height}픽셀이었는데 지금은 {width} × {height}픽셀입니다. 다시 복원하세요.</translation>
    </message>
    <message>
        <source>The colour profile is missing in the saved file. Please compare it with the original.</source>
        <translation>저장한 파일에 색 프로파일이 없습니다. 원본과 비교하세요.</translation>
    </message>
    <message>
        <source>more yellow</source>
        <translation>더 노랗게</translation>
    </message>
    <message>
        <source>more blue</source>
        <translation>더 파랗게</translation>
    </message>
    <message>
        <source>The photo became {amount} % brighter. Please compare it with the original.</source>
        <translation>사진이 {amount} % 밝아졌습니다. 원본과 비교하세요.</translation>
    </message>
    <message>
        <source>The photo became {amount} % darker. Please compare it with the original.</source>
        <translation>사진이 {amount} % 어두워졌습니다. 원본과 비교하세요.</translation>
    </message>
    <message>
        <source>Black became {amount} % brighter, and may look dull. Please look at it.</source>
        <translation>검은색이 {amount} % 밝아져 탁해 보일 수 있습니다. 확인하세요.</translation>
    </message>
    <message>
        <source>Shadows became {amount} % darker, and may lack detail. Please look at it.</source>
        <translation>어두운 부분이 {amount} % 어두워져 세부가 사라졌을 수 있습니다. 확인하세요.</translation>
    </message>
    <message>
        <source>Lights became {amount} % brighter, and may lack detail. Please look at it.</source>
        <translation>밝은 부분이 {amount} % 밝아져 세부가 사라졌을 수 있습니다. 확인하세요.</translation>
    </message>
    <message>
        <source>more red</source>
        <translation>더 붉게</translation>
    </message>
    <message>
        <source>more green</source>
        <translation>더 초록빛으로</translation>
    </message>
    <message>
        <source>The saved file asks viewers to turn the photo. Please look at it.</source>
        <translation>저장한 파일이 보기 프로그램에 사진을 돌리라고 지시합니다. 확인하세요.</translation>
    </message>
    <message>
        <source>{name} is not a batch job, or it is damaged. Please choose another file.</source>
        <translation>{name}: 일괄 처리 작업 파일이 아니거나 손상되었습니다. 다른 파일을 선택하세요.</translation>
    </message>
    <message>
        <source>{name} was written by a newer AEStudio. Please install that one.</source>
        <translation>{name}: 더 새로운 AEStudio로 쓴 파일입니다. 그 버전을 설치하세요.</translation>
    </message>
    <message>
        <source>most_errors is {value}: please write a number from 1, or null.</source>
        <translation>most_errors 값이 {value}입니다. 1 이상의 수나 null을 쓰세요.</translation>
    </message>
    <message>
        <source>There is no tool “{tool}”. Please choose one of {known}.</source>
        <translation>“{tool}” 도구가 없습니다. 다음 중에서 선택하세요: {known}.</translation>
    </message>
    <message>
        <source>Existing files can be treated as one of {choices}, not as {value}.</source>
        <translation>이미 있는 파일은 {value}(으)로 다룰 수 없습니다. {choices} 가운데 하나를 선택하세요.</translation>
    </message>
    <message>
        <source>The key “{key}” is not known. Please correct or remove it.</source>
        <translation>알 수 없는 항목 “{key}”이(가) 있습니다. 고치거나 지우세요.</translation>
    </message>
    <message>
        <source>{tool} has no setting “{name}”. Please choose one of {known}.</source>
        <translation>{tool}에는 “{name}” 설정이 없습니다. 다음 중에서 선택하세요: {known}.</translation>
    </message>
    <message>
        <source>The setting {name} of {tool} cannot be “{value}”. Please correct it.</source>
        <translation>{tool}의 {name} 설정은 “{value}”일 수 없습니다. 고치세요.</translation>
    </message>
    <message>
        <source>In {folder} lie the results of another job: its steps or its format were other ones. Please choose another folder, or start anew.</source>
        <translation>{folder} 폴더에 다른 작업의 결과가 있습니다. 그 작업은 단계나 형식이 달랐습니다. 다른 폴더를 선택하거나 처음부터 시작하세요.</translation>
    </message>
    <message>
        <source>The disk of {folder} is full. Please free some space.</source>
        <translation>{folder} 폴더의 디스크가 가득 찼습니다. 공간을 확보하세요.</translation>
    </message>
    <message>
        <source>The journal in {folder} is damaged. Please choose another folder, or remove {path}: the results stay.</source>
        <translation>{folder} 폴더의 기록이 손상되었습니다. 다른 폴더를 선택하거나 {path}을(를) 지우세요. 결과는 그대로 남습니다.</translation>
    </message>
    <message>
        <source>Another job is working in {folder}. Please wait for its end, or choose another folder.</source>
        <translation>{folder} 폴더에서 다른 작업이 진행 중입니다. 끝날 때까지 기다리거나 다른 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>The journal in {folder} was written by a newer AEStudio. Please choose another folder.</source>
        <translation>{folder} 폴더의 기록은 더 새로운 AEStudio로 쓴 것입니다. 다른 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>{name} could not be kept in {folder} ({reason}). Please check the disk.</source>
        <translation>{name}: {folder} 폴더에 보관하지 못했습니다({reason}). 디스크를 확인하세요.</translation>
    </message>
    <message>
        <source>There are no photos in {path}. Please choose another folder, or name the photos.</source>
        <translation>{path} 폴더에 사진이 없습니다. 다른 폴더를 선택하거나 사진을 지정하세요.</translation>
    </message>
    <message>
        <source>{name} is the name of one photo, but there are {count}. Please name a folder.</source>
        <translation>{name}: 사진 한 장의 이름인데 사진이 {count}장입니다. 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>AEStudio does not save {suffix} files. Please choose .jpg, .png, .tif, .webp, .avif or .aes.</source>
        <translation>AEStudio는 {suffix} 파일로 저장하지 않습니다. .jpg, .png, .tif, .webp, .avif 또는 .aes를 선택하세요.</translation>
    </message>
    <message>
        <source>{name} does not end like a {format} file. Please change its ending or the format.</source>
        <translation>{name}: 확장자가 {format} 형식과 맞지 않습니다. 확장자나 형식을 바꾸세요.</translation>
    </message>
    <message>
        <source>PCA was fitted to {count} of these photos, and judged on others; the model {model} learnt from the photos that its card names. If yours are not among those, that favours PCA, the more so the more they are alike.</source>
        <translation>PCA는 이 사진 가운데 {count}장에 맞추고 나머지로 판정했습니다. 모델 {model}은(는) 카드에 적힌 사진으로 학습했습니다. 내 사진이 거기에 없다면 PCA에 유리하며, 사진이 서로 비슷할수록 더 그렇습니다.</translation>
    </message>
    <message>
        <source>{name} cannot hold {bits} bits as {format}. Please choose one of: {able}.</source>
        <translation>{name}: {format} 형식은 {bits}비트를 담을 수 없습니다. 다음 중에서 선택하세요: {able}.</translation>
    </message>
    <message>
        <source>None of the photos in {path} can be used here. Please choose other ones.</source>
        <translation>{path}의 사진은 여기에서 하나도 쓸 수 없습니다. 다른 사진을 선택하세요.</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be made ({reason}). Please choose another folder.</source>
        <translation>{folder} 폴더를 만들 수 없습니다({reason}). 다른 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>{problem} The job goes on when the folder is back: please connect the drive again.</source>
        <translation>{problem} 폴더가 돌아오면 작업을 계속합니다. 드라이브를 다시 연결하세요.</translation>
    </message>
    <message>
        <source>The disk of {folder} is full. The {photos} photos that are left need about {needed}, and {free} are free. The job goes on when there is room.</source>
        <translation>{folder} 폴더의 디스크가 가득 찼습니다. 남은 사진 {photos}장에 약 {needed}이(가) 필요한데 빈 공간은 {free}입니다. 공간이 생기면 작업을 계속합니다.</translation>
    </message>
    <message>
        <source>The folder {folder} with the photos is not there.</source>
        <translation>사진이 있는 {folder} 폴더가 없습니다.</translation>
    </message>
    <message>
        <source>{name} is there already, and was left as it is.</source>
        <translation>{name}: 이미 있어서 그대로 두었습니다.</translation>
    </message>
    <message>
        <source>The preset needs a name. Please write some letters or digits.</source>
        <translation>사전 설정에는 이름이 필요합니다. 글자나 숫자를 쓰세요.</translation>
    </message>
    <message>
        <source>“{name}” comes with AEStudio and stays as it is. Please choose another name.</source>
        <translation>“{name}”은(는) AEStudio에 들어 있는 것이라 바꿀 수 없습니다. 다른 이름을 선택하세요.</translation>
    </message>
    <message>
        <source>The preset {name} could not be deleted ({reason}). Please check the folder {folder}.</source>
        <translation>사전 설정 {name}을(를) 삭제하지 못했습니다({reason}). {folder} 폴더를 확인하세요.</translation>
    </message>
    <message>
        <source>The worker {worker} cannot see {path}. Please connect the shared folder there, under the same name as on this machine.</source>
        <translation>워커 {worker}에서 {path}이(가) 보이지 않습니다. 그 컴퓨터에 공유 폴더를 이 컴퓨터와 같은 이름으로 연결하세요.</translation>
    </message>
    <message>
        <source>The worker {worker} cannot take part. {problem}</source>
        <translation>워커 {worker}이(가) 참여할 수 없습니다. {problem}</translation>
    </message>
    <message>
        <source>Nothing can be written to {folder} ({reason}). Please check the disk, or choose another folder.</source>
        <translation>{folder} 폴더에 쓸 수 없습니다({reason}). 디스크를 확인하거나 다른 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>The model “{model}” is another one there. Please install the same AEStudio and the same models on all machines.</source>
        <translation>그 컴퓨터의 “{model}” 모델이 다릅니다. 모든 컴퓨터에 같은 AEStudio와 같은 모델을 설치하세요.</translation>
    </message>
    <message>
        <source>The model “{model}” is made for “{task}”, not for “{wanted}”. Please choose another model.</source>
        <translation>“{model}” 모델은 “{wanted}”이(가) 아니라 “{task}”에 쓰는 것입니다. 다른 모델을 선택하세요.</translation>
    </message>
    <message>
        <source>The job was stopped after {count} photos failed.</source>
        <translation>사진 {count}장이 실패하여 작업을 중단했습니다.</translation>
    </message>
    <message>
        <source>There are no photos in {names}. Please choose another folder.</source>
        <translation>{names} 폴더에 사진이 없습니다. 다른 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>There are no photos like {patterns} in {names}. Please choose other ones.</source>
        <translation>{names} 폴더에 {patterns}에 맞는 사진이 없습니다. 다른 것을 선택하세요.</translation>
    </message>
    <message>
        <source>There are no photos in {names}. Please choose another folder, or include its sub-folders.</source>
        <translation>{names} 폴더에 사진이 없습니다. 다른 폴더를 선택하거나 하위 폴더를 포함하세요.</translation>
    </message>
    <message>
        <source>The results cannot go to {folder}: the photos themselves lie there. Please choose another folder.</source>
        <translation>{folder} 폴더에는 원본 사진이 있어 결과를 저장할 수 없습니다. 다른 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be opened ({reason}).</source>
        <translation>{folder} 폴더를 열 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>There is no step. Please write some, such as denoise:sigma=20,colorize.</source>
        <translation>단계가 없습니다. denoise:sigma=20,colorize처럼 쓰세요.</translation>
    </message>
    <message>
        <source>The setting {name} of {tool} is “{text}”. Please write a number from {low} to {high}.</source>
        <translation>{tool}의 {name} 설정이 “{text}”입니다. {low}에서 {high} 사이의 수를 쓰세요.</translation>
    </message>
    <message>
        <source>The quality of {compress} is “{text}”. Please write a whole number from 1 to 100.</source>
        <translation>{compress}의 품질이 “{text}”입니다. 1에서 100 사이의 정수를 쓰세요.</translation>
    </message>
    <message>
        <source>There is no tool “{tool}”. Did you mean {close}?</source>
        <translation>“{tool}” 도구가 없습니다. {close}을(를) 뜻했나요?</translation>
    </message>
    <message>
        <source>{tool} has no setting “{name}”. Did you mean {close}?</source>
        <translation>{tool}에는 “{name}” 설정이 없습니다. {close}을(를) 뜻했나요?</translation>
    </message>
    <message>
        <source>{compress} stands before {tool}, and can only be the last step. Please move it to the end.</source>
        <translation>{compress}이(가) {tool} 앞에 있습니다. 마지막 단계로만 쓸 수 있으니 끝으로 옮기세요.</translation>
    </message>
    <message>
        <source>A step is missing in “{steps}”. Please write one comma between two tools.</source>
        <translation>“{steps}”에 빠진 단계가 있습니다. 도구 사이에는 쉼표를 하나만 쓰세요.</translation>
    </message>
    <message>
        <source>The setting {name} of {tool} is empty. Please name a file.</source>
        <translation>{tool}의 {name} 설정이 비어 있습니다. 파일을 지정하세요.</translation>
    </message>
    <message>
        <source>The setting {name} of {tool} is “{text}”. Please write on or off.</source>
        <translation>{tool}의 {name} 설정이 “{text}”입니다. on이나 off를 쓰세요.</translation>
    </message>
    <message>
        <source>The setting {name} of {tool} is “{text}”. Please write a number from {low} to {high}, or auto.</source>
        <translation>{tool}의 {name} 설정이 “{text}”입니다. {low}에서 {high} 사이의 수나 auto를 쓰세요.</translation>
    </message>
    <message>
        <source>The model of {tool} is not said. Please write its name behind the =.</source>
        <translation>{tool}의 모델이 정해지지 않았습니다. = 뒤에 모델 이름을 쓰세요.</translation>
    </message>
    <message>
        <source>“{text}” behind {tool} is not understood. Please write name=value; the names are {known}.</source>
        <translation>{tool} 뒤의 “{text}”을(를) 이해할 수 없습니다. 이름=값으로 쓰세요. 쓸 수 있는 이름: {known}.</translation>
    </message>
    <message>
        <source>{tool} is given {name} twice. Please leave one out.</source>
        <translation>{tool}에 {name}이(가) 두 번 있습니다. 하나를 빼세요.</translation>
    </message>
    <message>
        <source>{name} changed while it was read. Please run the job again when it is complete.</source>
        <translation>{name}: 읽는 동안 파일이 바뀌었습니다. 파일이 온전해지면 작업을 다시 실행하세요.</translation>
    </message>
    <message>
        <source>The folder {folder} is not there.</source>
        <translation>{folder} 폴더가 없습니다.</translation>
    </message>
    <message>
        <source>The two photos of the pair are shifted by {pixels} pixels, which is too far.</source>
        <translation>짝을 이루는 두 사진이 {pixels}픽셀이나 어긋나 있습니다.</translation>
    </message>
    <message>
        <source>The two photos of the pair differ in size.</source>
        <translation>짝을 이루는 두 사진의 크기가 다릅니다.</translation>
    </message>
    <message>
        <source>Too little can be seen in the photo to lay the pair over one another.</source>
        <translation>사진에 보이는 것이 너무 적어 짝을 서로 맞출 수 없습니다.</translation>
    </message>
    <message>
        <source>The two photos of the pair show different things.</source>
        <translation>짝을 이루는 두 사진의 내용이 다릅니다.</translation>
    </message>
    <message>
        <source>The camera was turned or zoomed between the two photos of the pair, or things moved.</source>
        <translation>짝을 이루는 두 사진 사이에 카메라가 돌아갔거나 줌이 바뀌었거나 대상이 움직였습니다.</translation>
    </message>
    <message>
        <source>The two photos of the pair differ too much in brightness.</source>
        <translation>짝을 이루는 두 사진의 밝기가 너무 다릅니다.</translation>
    </message>
    <message>
        <source>The checkpoint {path} was made by another recipe. Please choose another run folder.</source>
        <translation>체크포인트 {path}: 다른 레시피로 만든 것입니다. 다른 학습 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>The checkpoint {path} is damaged. Please remove it to start anew.</source>
        <translation>체크포인트 {path}: 손상되었습니다. 처음부터 시작하려면 지우세요.</translation>
    </message>
    <message>
        <source>There are no photos in {folder}. Please choose another folder.</source>
        <translation>{folder} 폴더에 사진이 없습니다. 다른 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>{bad} of {all} photos in {folder} cannot be used; the first: {first} Please choose a folder of whole photos.</source>
        <translation>{folder} 폴더의 사진 {all}장 가운데 {bad}장을 쓸 수 없습니다. 첫 번째: {first} 온전한 사진이 있는 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>Noisy photos cannot teach by “{way}”. Please write one of {known}.</source>
        <translation>노이즈가 있는 사진은 “{way}” 방식으로 학습할 수 없습니다. 다음 중에서 쓰세요: {known}.</translation>
    </message>
    <message>
        <source>What both photos of the pair show is too small.</source>
        <translation>짝을 이루는 두 사진에 함께 보이는 부분이 너무 작습니다.</translation>
    </message>
    <message>
        <source>{name} was changed while photos were read.</source>
        <translation>{name}: 사진을 읽는 동안 파일이 바뀌었습니다.</translation>
    </message>
    <message>
        <source>The folder {folder} does not exist. It may have been moved, or its disk is not connected: please choose it again.</source>
        <translation>{folder} 폴더가 없습니다. 옮겨졌거나 디스크가 연결되지 않았을 수 있으니 다시 선택하세요.</translation>
    </message>
    <message>
        <source>There are no photos in {folder}, nor in its sub-folders. Please choose another folder.</source>
        <translation>{folder} 폴더와 하위 폴더에 사진이 없습니다. 다른 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>The folder {folder} has disappeared while its photos were read. Please connect its disk or network again, and start once more.</source>
        <translation>사진을 읽는 동안 {folder} 폴더가 사라졌습니다. 디스크나 네트워크를 다시 연결하고 한 번 더 시작하세요.</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be opened ({reason}). Please choose another folder.</source>
        <translation>{folder} 폴더를 열 수 없습니다({reason}). 다른 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>Training cannot go on from the model “{name}”: the recipe&apos;s network has other layers, or narrower ones. Please give the recipe the arguments that are in the model&apos;s card, or wider ones.</source>
        <translation>“{name}” 모델에서 이어서 학습할 수 없습니다. 레시피의 네트워크는 층이 다르거나 더 좁습니다. 모델 카드에 있는 인수나 더 넓은 인수를 레시피에 쓰세요.</translation>
    </message>
    <message>
        <source>Patches of {patch} pixels are too large for “inpaint”. Please choose {most} or less.</source>
        <translation>{patch}픽셀 조각은 “inpaint”에 너무 큽니다. {most} 이하를 선택하세요.</translation>
    </message>
    <message>
        <source>The photos to learn from take {needed} MB in {folder}, and its disk has only {left} MB left. Please free some space or choose another disk.</source>
        <translation>학습할 사진을 두려면 {folder} 폴더에 {needed} MB가 필요한데 디스크에 {left} MB만 남아 있습니다. 공간을 확보하거나 다른 디스크를 선택하세요.</translation>
    </message>
    <message>
        <source>“{task_id}” learns from good photos alone: pairs, series and noisy photos teach “denoise”. Please choose good photos.</source>
        <translation>“{task_id}”은(는) 깨끗한 사진으로만 학습합니다. 짝, 시리즈, 노이즈가 있는 사진은 “denoise”를 학습할 때 씁니다. 깨끗한 사진을 선택하세요.</translation>
    </message>
    <message>
        <source>{count} marks of your own are too many. Please choose {most} or fewer.</source>
        <translation>내 마크가 {count}개로 너무 많습니다. {most}개 이하로 선택하세요.</translation>
    </message>
    <message>
        <source>No file in {folder} is a mark; the first: {first} Please choose PNG files with transparency.</source>
        <translation>{folder} 폴더에 마크로 쓸 수 있는 파일이 없습니다. 첫 번째: {first} 투명한 배경의 PNG 파일을 선택하세요.</translation>
    </message>
    <message>
        <source>There are no marks in {folder}. Please choose a folder of PNG files with transparency.</source>
        <translation>{folder} 폴더에 마크가 없습니다. 투명한 배경의 PNG 파일이 있는 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>There is no mark “{name}”. Please give a PNG file with transparency, a folder of them, or the name of a mark that you kept.</source>
        <translation>“{name}” 마크가 없습니다. 투명한 배경의 PNG 파일, 그런 파일의 폴더, 또는 보관한 마크의 이름을 지정하세요.</translation>
    </message>
    <message>
        <source>{name} has no clean photo of its name.</source>
        <translation>{name}: 이름이 같은 깨끗한 사진이 없습니다.</translation>
    </message>
    <message>
        <source>{name} has several clean photos of its name.</source>
        <translation>{name}: 이름이 같은 깨끗한 사진이 여러 장입니다.</translation>
    </message>
    <message>
        <source>{name} is the same file as its clean photo.</source>
        <translation>{name}: 깨끗한 사진과 같은 파일입니다.</translation>
    </message>
    <message>
        <source>{name} has {width} × {height} pixels, and its clean photo {clean_width} × {clean_height}.</source>
        <translation>{name}: {width} × {height}픽셀이고, 깨끗한 사진은 {clean_width} × {clean_height}픽셀입니다.</translation>
    </message>
    <message>
        <source>{name} shows something else than its clean photo.</source>
        <translation>{name}: 깨끗한 사진과 내용이 다릅니다.</translation>
    </message>
    <message>
        <source>{name} has no noisy photo of its name.</source>
        <translation>{name}: 이름이 같은 노이즈가 있는 사진이 없습니다.</translation>
    </message>
    <message>
        <source>{name} does not say when it was taken.</source>
        <translation>{name}: 촬영 날짜가 없습니다.</translation>
    </message>
    <message>
        <source>{name} has no other photo of its scene.</source>
        <translation>{name}: 같은 장면의 다른 사진이 없습니다.</translation>
    </message>
    <message>
        <source>“{task_id}” cannot be trained. What can: {known}.</source>
        <translation>“{task_id}”은(는) 학습시킬 수 없습니다. 학습시킬 수 있는 것: {known}.</translation>
    </message>
    <message>
        <source>There is no noise “{noise}”. Please choose one of {known}.</source>
        <translation>“{noise}” 노이즈가 없습니다. 다음 중에서 선택하세요: {known}.</translation>
    </message>
    <message>
        <source>Only Denoise learns from noisy photos. Please give good photos to learn “{task}” from.</source>
        <translation>노이즈가 있는 사진으로는 노이즈 제거만 학습합니다. “{task}”을(를) 학습할 깨끗한 사진을 지정하세요.</translation>
    </message>
    <message>
        <source>Patches of {patch} pixels cannot be learnt from. Please choose a multiple of 16 from 32 on.</source>
        <translation>{patch}픽셀 조각으로는 학습할 수 없습니다. 32 이상이고 16의 배수인 값을 선택하세요.</translation>
    </message>
    <message>
        <source>ISO {low} to {high} is no range. Please write the lower one first.</source>
        <translation>ISO {low}에서 {high}까지는 범위가 아닙니다. 낮은 값을 먼저 쓰세요.</translation>
    </message>
    <message>
        <source>There is no training run in {folder}. Please choose the folder of a run, or start a new one.</source>
        <translation>{folder} 폴더에 학습이 없습니다. 학습 폴더를 선택하거나 새 학습을 시작하세요.</translation>
    </message>
    <message>
        <source>The file {path} of the training run is damaged. Please start a new run.</source>
        <translation>학습 파일 {path}: 손상되었습니다. 새 학습을 시작하세요.</translation>
    </message>
    <message>
        <source>A batch of {batch} patches cannot be shared by {count} processes. Please choose a multiple of {count}.</source>
        <translation>한 번에 보는 조각 {batch}개를 프로세스 {count}개가 나누어 맡을 수 없습니다. {count}의 배수를 선택하세요.</translation>
    </message>
    <message>
        <source>In the recipe {path}, patch must be a multiple of 16, and batch and steps at least 1.</source>
        <translation>레시피 {path}: patch는 16의 배수여야 하고, batch와 steps는 1 이상이어야 합니다.</translation>
    </message>
    <message>
        <source>The recipe {path} has unknown keys: {keys}. Please remove or correct them.</source>
        <translation>레시피 {path}: 알 수 없는 항목이 있습니다: {keys}. 지우거나 고치세요.</translation>
    </message>
    <message>
        <source>The recipe {path} cannot be read ({reason}). Please check the file.</source>
        <translation>레시피 {path}: 읽을 수 없습니다({reason}). 파일을 확인하세요.</translation>
    </message>
    <message>
        <source>In the recipe {path}, {name} is “{value}”: please write one of {known}.</source>
        <translation>레시피 {path}: {name} 값이 “{value}”입니다. 다음 중에서 쓰세요: {known}.</translation>
    </message>
    <message>
        <source>The recipe {path} is incomplete: {reason}.</source>
        <translation>레시피 {path}: 온전하지 않습니다: {reason}.</translation>
    </message>
    <message>
        <source>{bad} of {all} photos in {folder} are damaged, or smaller than {smallest} pixels on a side; the first: {first} Please choose a folder of whole photos.</source>
        <translation>{folder} 폴더의 사진 {all}장 가운데 {bad}장이 손상되었거나 한 변이 {smallest}픽셀보다 작습니다. 첫 번째: {first} 온전한 사진이 있는 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>All photos in {folder} show the same. Please add photos of other things: without them nobody can tell what was learnt, and what was learnt by heart.</source>
        <translation>{folder} 폴더의 사진이 모두 같은 것을 담고 있습니다. 다른 것을 찍은 사진을 추가하세요. 그런 사진이 없으면 제대로 학습했는지 그저 외웠는지 알 수 없습니다.</translation>
    </message>
    <message>
        <source>{name} is too small.</source>
        <translation>{name}: 너무 작습니다.</translation>
    </message>
    <message>
        <source>{grey} of {all} photos in {folder} are grey: colours cannot be learnt from them. Please add photos in colour.</source>
        <translation>{folder} 폴더의 사진 {all}장 가운데 {grey}장이 흑백이라 색을 학습할 수 없습니다. 컬러 사진을 추가하세요.</translation>
    </message>
    <message>
        <source>No photo in {folder} has its other half. Clean and noisy photos of a pair need the same name and size; the first: {first} Please check the two folders.</source>
        <translation>{folder} 폴더에 짝이 있는 사진이 없습니다. 짝을 이루는 깨끗한 사진과 노이즈가 있는 사진은 이름과 크기가 같아야 합니다. 첫 번째: {first} 두 폴더를 확인하세요.</translation>
    </message>
    <message>
        <source>{bad} of {all} noisy photos in {folder} do not match a clean one; the first: {first} Please check the names and the two folders.</source>
        <translation>{folder} 폴더에서 노이즈가 있는 사진 {all}장 가운데 {bad}장이 깨끗한 사진과 맞지 않습니다. 첫 번째: {first} 이름과 두 폴더를 확인하세요.</translation>
    </message>
    <message>
        <source>{bad} of {all} pairs of photos in {folder} do not fit together; the first: {name}: {first} Please take photos from a tripod, or choose other ones.</source>
        <translation>{folder} 폴더의 사진 {all}쌍 가운데 {bad}쌍이 서로 맞지 않습니다. 첫 번째: {name}: {first} 삼각대로 사진을 찍거나 다른 사진을 선택하세요.</translation>
    </message>
    <message>
        <source>There are no series in {folder}: no two photos of one size show the same and were taken within seconds. Please choose a folder of bursts or ISO series with the camera&apos;s own dates.</source>
        <translation>{folder} 폴더에 시리즈가 없습니다. 크기가 같고 같은 것을 몇 초 안에 찍은 사진이 두 장도 없습니다. 카메라가 기록한 날짜가 있는 연속 촬영이나 ISO 시리즈의 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>Only {count} photos in {folder} can be used, and training needs {fewest} at least. Please add more photos.</source>
        <translation>{folder} 폴더에서 쓸 수 있는 사진은 {count}장뿐이며, 학습하려면 {fewest}장 이상 필요합니다. 사진을 더 추가하세요.</translation>
    </message>
    <message>
        <source>The network “{network}” has no encoder and decoder of its own: nothing of it can be frozen. Please train all of it.</source>
        <translation>“{network}” 네트워크는 인코더와 디코더가 따로 없어 일부를 고정할 수 없습니다. 전체를 학습시키세요.</translation>
    </message>
    <message>
        <source>The network “{network}” has {levels} levels to be taught one after the other, not {wanted}. Please choose fewer.</source>
        <translation>“{network}” 네트워크에서 차례로 학습할 수 있는 층은 {wanted}개가 아니라 {levels}개입니다. 더 적게 선택하세요.</translation>
    </message>
    <message>
        <source>In {folder} lies another training run. Please choose another folder, or add --overwrite to give it up.</source>
        <translation>{folder} 폴더에 다른 학습이 있습니다. 다른 폴더를 선택하거나, 그 학습을 버리려면 --overwrite를 더하세요.</translation>
    </message>
    <message>
        <source>For pairs, please choose the folder of the noisy photos as well.</source>
        <translation>짝으로 학습하려면 노이즈가 있는 사진의 폴더도 선택하세요.</translation>
    </message>
    <message>
        <source>The clean and the noisy photos are both looked for in {folder}. Please choose two folders.</source>
        <translation>깨끗한 사진과 노이즈가 있는 사진의 폴더가 모두 {folder}입니다. 서로 다른 두 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>There is no network “{network}”. Known ones: {known}.</source>
        <translation>“{network}” 네트워크가 없습니다. 쓸 수 있는 네트워크: {known}.</translation>
    </message>
    <message>
        <source>Training stopped at step {step}: what the network learnt was no number any more, {times} times, although the learning rate was lowered each time. Please choose a lower learning rate, or look for photos that are not what they seem.</source>
        <translation>학습이 {step}단계에서 멈추었습니다. 그때마다 학습률을 낮추었지만 네트워크의 값이 {times}번이나 숫자를 벗어났습니다. 더 낮은 학습률을 선택하거나, 겉보기와 다른 이상한 사진이 있는지 확인하세요.</translation>
    </message>
    <message>
        <source>The new model is not better for sure: {gain} on photos it has not seen (between {low} and {high}). It is kept as a candidate; the model in use stays.</source>
        <translation>새 모델이 더 좋은지 확실하지 않습니다: 본 적 없는 사진에서 {gain} ({low}에서 {high} 사이). 후보로 보관하며, 쓰던 모델을 그대로 씁니다.</translation>
    </message>
    <message>
        <source>A model that becomes variational must learn to see anew. Please let its encoder learn, too.</source>
        <translation>변분 모델로 바꾸려면 보는 방식을 새로 학습해야 합니다. 인코더도 학습시키세요.</translation>
    </message>
    <message>
        <source>Only a variational autoencoder has a beta. Please choose a variational one, or leave out the beta.</source>
        <translation>베타는 변분 오토인코더에만 있습니다. 변분 오토인코더를 선택하거나 베타를 빼세요.</translation>
    </message>
    <message>
        <source>A beta of {value} cannot be. Please choose more than 0.</source>
        <translation>베타 값이 {value}일 수는 없습니다. 0보다 큰 값을 선택하세요.</translation>
    </message>
    <message>
        <source>Photos cannot be damaged by {value}. Please choose from 0 to {most}.</source>
        <translation>사진을 손상시키는 정도가 {value}일 수는 없습니다. 0에서 {most} 사이의 값을 선택하세요.</translation>
    </message>
    <message>
        <source>The clean photo of the pair is less sharp than the noisy one.</source>
        <translation>짝을 이루는 깨끗한 사진이 노이즈가 있는 사진보다 덜 선명합니다.</translation>
    </message>
    <message>
        <source>{path} does not exist. It may have been moved, or its disk is not connected: please choose it again.</source>
        <translation>{path}이(가) 없습니다. 옮겨졌거나 디스크가 연결되어 있지 않을 수 있습니다. 다시 선택하세요.</translation>
    </message>
    <message>
        <source>{path} is damaged, or holds no packed photos. Please copy it again, or pack the photos again with: aestudio pack FOLDER -o {path}</source>
        <translation>{path} 파일이 손상되었거나 묶은 사진이 들어 있지 않습니다. 다시 복사하거나 사진을 다시 묶으세요: aestudio pack FOLDER -o {path}</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}). Please check the disk.</source>
        <translation>{path} 파일을 읽을 수 없습니다({reason}). 디스크를 확인하세요.</translation>
    </message>
    <message>
        <source>{path} was packed by a newer AEStudio. Please update this one, or pack the photos anew.</source>
        <translation>{path} 파일은 더 새로운 AEStudio에서 묶은 것입니다. 이 프로그램을 업데이트하거나 사진을 다시 묶으세요.</translation>
    </message>
    <message>
        <source>No photo in {folder} can be read; the first: {first} Please choose another folder.</source>
        <translation>{folder}에서 읽을 수 있는 사진이 없습니다. 첫 번째 이유: {first} 다른 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>The photos in {folder} do not fit into {limit} MB, not even at the lowest quality that is worth learning from. Please allow more, or pack fewer photos.</source>
        <translation>{folder}의 사진은 학습에 쓸 만한 가장 낮은 품질로도 {limit} MB에 들어가지 않습니다. 크기를 늘리거나 사진 수를 줄이세요.</translation>
    </message>
    <message>
        <source>The benchmark&apos;s table has no figure “{path}”. Please correct the recipe.</source>
        <translation>벤치마크 표에 “{path}” 수치가 없습니다. 레시피를 고치세요.</translation>
    </message>
    <message>
        <source>The new model spoils other photos: what it learnt from is not what it seems, such as truths that are blurred or belong to other photos. It is kept as a candidate; the model in use stays.</source>
        <translation>새 모델은 다른 사진을 망칩니다. 흐릿하거나 다른 사진의 정답처럼, 학습한 사진이 겉보기와 다릅니다. 후보로 보관하며, 쓰던 모델을 그대로 씁니다.</translation>
    </message>
    <message>
        <source>It does no worse with other photos: {change} on {count} photos of all kinds that come with AEStudio (between {low} and {high}).</source>
        <translation>다른 사진에서도 나빠지지 않았습니다: AEStudio에 들어 있는 여러 종류의 사진 {count}장에서 {change} ({low}에서 {high} 사이).</translation>
    </message>
    <message>
        <source>{number} dB</source>
        <translation>{number} dB</translation>
    </message>
    <message>
        <source>The new model was trained from nothing, and there is no other to compare it with. Please compare by eye.</source>
        <translation>새 모델은 처음부터 학습한 것이라 비교할 다른 모델이 없습니다. 눈으로 비교하세요.</translation>
    </message>
    <message>
        <source>The new model is better: {gain} on {count} photos it has not seen (between {low} and {high}).</source>
        <translation>새 모델이 더 좋습니다: 본 적 없는 사진 {count}장에서 {gain} ({low}에서 {high} 사이).</translation>
    </message>
    <message>
        <source>The new model is worse: {gain} on photos it has not seen (between {low} and {high}). It is kept as a candidate; the model in use stays.</source>
        <translation>새 모델이 더 나쁩니다: 본 적 없는 사진에서 {gain} ({low}에서 {high} 사이). 후보로 보관하며, 쓰던 모델을 그대로 씁니다.</translation>
    </message>
    <message>
        <source>Photos on which it does better: {gained} of {count}.</source>
        <translation>더 좋아진 사진: {count}장 가운데 {gained}장.</translation>
    </message>
    <message>
        <source>It has forgotten some of what the model in use can do: {change} on {count} photos of all kinds that come with AEStudio (between {low} and {high}). Please use it for photos like yours.</source>
        <translation>쓰고 있는 모델이 할 수 있는 것을 일부 잊었습니다: AEStudio에 들어 있는 여러 종류의 사진 {count}장에서 {change} ({low}에서 {high} 사이). 내 사진과 비슷한 사진에 쓰세요.</translation>
    </message>
    <message>
        <source>It does a little worse with other photos: {change} on {count} photos of all kinds that come with AEStudio (between {low} and {high}).</source>
        <translation>다른 사진에서는 조금 나빠졌습니다: AEStudio에 들어 있는 여러 종류의 사진 {count}장에서 {change} ({low}에서 {high} 사이).</translation>
    </message>
    <message>
        <source>{number} points of 100 in finding marks</source>
        <translation>마크 찾기 100점 만점에 {number}점</translation>
    </message>
    <message>
        <source>{number} % in how near it comes to the true noise</source>
        <translation>실제 노이즈에 가까운 정도 {number} %</translation>
    </message>
    <message>
        <source>The verdict {path} cannot be read. Please judge the model again.</source>
        <translation>판정 파일 {path}: 읽을 수 없습니다. 모델을 다시 판정하세요.</translation>
    </message>
    <message>
        <source>Photos kept for the verdict: {count}. A sure one needs {fewest} or more: please add photos.</source>
        <translation>판정용으로 남겨 둔 사진: {count}장. 확실하게 판정하려면 {fewest}장 이상 필요합니다. 사진을 추가하세요.</translation>
    </message>
    <message>
        <source>The gain differs so much from photo to photo that it may be chance. More photos or longer training can settle it.</source>
        <translation>사진마다 향상이 너무 달라 우연일 수 있습니다. 사진을 늘리거나 더 오래 학습하면 확실해질 수 있습니다.</translation>
    </message>
    <message>
        <source>A gain of less than {least} cannot be seen in a picture.</source>
        <translation>{least}보다 작은 향상은 그림에서 보이지 않습니다.</translation>
    </message>
    <message>
        <source>The card of “{name}” has no figures for {photos}.</source>
        <translation>“{name}” 카드에 {photos}에 대한 수치가 없습니다.</translation>
    </message>
    <message>
        <source>The benchmark {script} failed; {log} has all that it said, at last: {said}</source>
        <translation>벤치마크 {script}이(가) 실패했습니다. 전체 내용은 {log}에 있으며 마지막 내용은 다음과 같습니다: {said}</translation>
    </message>
    <message>
        <source>There is no recipe for “{name}” in {folder}. Those there: {known}.</source>
        <translation>{folder}에 “{name}” 레시피가 없습니다. 있는 레시피: {known}.</translation>
    </message>
    <message>
        <source>Recipes in {folder} need one another: {names}.</source>
        <translation>{folder}의 레시피가 서로를 필요로 합니다: {names}.</translation>
    </message>
    <message>
        <source>The benchmark {script} is not there. Models are measured in a checkout of AEStudio alone: please work in one, or leave out --measure.</source>
        <translation>벤치마크 {script}이(가) 없습니다. 모델은 AEStudio 체크아웃에서만 측정할 수 있습니다. 체크아웃에서 실행하거나 --measure를 빼세요.</translation>
    </message>
    <message>
        <source>Noise on what is given, lost pixels and variational codes are for “{explore}” alone. Please leave them out.</source>
        <translation>입력에 더하는 노이즈, 빠진 픽셀, 변분 코드는 “{explore}”에서만 쓸 수 있습니다. 빼 주세요.</translation>
    </message>
    <message>
        <source>The network “{network}” is no photo autoencoder. Please choose another recipe.</source>
        <translation>“{network}” 네트워크는 사진 오토인코더가 아닙니다. 다른 레시피를 선택하세요.</translation>
    </message>
    <message>
        <source>The model “{model}” is variational, and cannot become a plain one. Please start from a plain one, or from nothing.</source>
        <translation>“{model}” 모델은 변분 모델이라 보통 모델이 될 수 없습니다. 보통 모델에서 시작하거나 처음부터 시작하세요.</translation>
    </message>
    <message>
        <source>In the recipe {path}, stages is no list of tables. Please write [[stages]].</source>
        <translation>레시피 {path}에서 stages가 표 목록이 아닙니다. [[stages]]로 쓰세요.</translation>
    </message>
    <message>
        <source>In the recipe {path}, benchmark is no table. Please write [benchmark].</source>
        <translation>레시피 {path}에서 benchmark가 표가 아닙니다. [benchmark]로 쓰세요.</translation>
    </message>
    <message>
        <source>Photos are explored at {side}×{side} pixels. Please leave out the size of patches.</source>
        <translation>사진은 {side}×{side}픽셀로 탐색합니다. 조각 크기를 빼세요.</translation>
    </message>
    <message>
        <source>The model “{model}” is made for {task}, and not to explore photos. Please choose another one.</source>
        <translation>“{model}” 모델은 {task}에 쓰는 모델이며, 사진 탐색에는 쓸 수 없습니다. 다른 모델을 선택하세요.</translation>
    </message>
    <message>
        <source>{name} holds codes of the model {model}, which {other} cannot read. Please choose the model {model}.</source>
        <translation>{name}: 모델 {model}의 코드가 들어 있으며 {other}(으)로는 읽을 수 없습니다. 모델 {model}을(를) 선택하세요.</translation>
    </message>
    <message>
        <source>{name} holds codes of another version of the model {model}. Please make them again from the photos.</source>
        <translation>{name}: 모델 {model}의 다른 버전으로 만든 코드가 들어 있습니다. 사진에서 다시 만드세요.</translation>
    </message>
    <message>
        <source>There is not enough memory for the codes in {name}.</source>
        <translation>{name}: 코드를 불러올 메모리가 부족합니다.</translation>
    </message>
    <message>
        <source>{name} is damaged or holds no codes of photos. Please save the codes again.</source>
        <translation>{name}: 손상되었거나 사진의 코드가 없습니다. 코드를 다시 저장하세요.</translation>
    </message>
    <message>
        <source>{name} holds codes with numbers that are none (NaN or infinite). Please save the codes again.</source>
        <translation>{name}: 코드에 숫자가 아닌 값(NaN 또는 무한대)이 있습니다. 코드를 다시 저장하세요.</translation>
    </message>
    <message>
        <source>{name} was written by a newer AEStudio, which this one cannot read. Please update AEStudio.</source>
        <translation>{name}: 더 새로운 AEStudio로 쓴 파일이라 이 버전으로는 읽을 수 없습니다. AEStudio를 업데이트하세요.</translation>
    </message>
    <message>
        <source>With {length} numbers the autoencoder keeps more of a photo than PCA.</source>
        <translation>숫자 {length}개에서는 오토인코더가 PCA보다 사진을 더 잘 살립니다.</translation>
    </message>
    <message>
        <source>PCA and the autoencoder are compared on photos that PCA does not know. That takes {least} different photos at least, and here are {count}.</source>
        <translation>PCA와 오토인코더는 PCA가 모르는 사진으로 비교합니다. 서로 다른 사진이 {least}장 이상 필요하지만 {count}장뿐입니다.</translation>
    </message>
    <message>
        <source>PCA was fitted to {count} of these photos, and judged on others. If the model {model} learnt from photos of these folders, it may have seen those others, which favours it; if not, PCA knows your kind of photos better than the model does.</source>
        <translation>PCA는 이 사진 가운데 {count}장에 맞추고 나머지로 판정했습니다. 모델 {model}이(가) 이 폴더의 사진으로 학습했다면 그 나머지를 이미 보았을 수 있어 모델에 유리합니다. 그렇지 않다면 PCA가 이런 사진을 모델보다 더 잘 압니다.</translation>
    </message>
    <message>
        <source>PCA is as good or better at every length.</source>
        <translation>모든 길이에서 PCA가 같거나 더 낫습니다.</translation>
    </message>
    <message>
        <source>PCA is as good or better with {length} numbers at last.</source>
        <translation>숫자가 가장 많은 {length}개에서야 PCA가 같거나 더 낫습니다.</translation>
    </message>
    <message>
        <source>PCA is as good or better from {length} numbers on.</source>
        <translation>숫자 {length}개부터는 PCA가 같거나 더 낫습니다.</translation>
    </message>
    <message>
        <source>The autoencoder keeps more of a photo than PCA at every length.</source>
        <translation>모든 길이에서 오토인코더가 PCA보다 사진을 더 잘 살립니다.</translation>
    </message>
    <message>
        <source>With {first} to {last} numbers they are alike.</source>
        <translation>숫자 {first}개에서 {last}개까지는 서로 비슷합니다.</translation>
    </message>
    <message>
        <source>With {first} to {last} numbers PCA is better by {least} to {most} dB.</source>
        <translation>숫자 {first}개에서 {last}개까지는 PCA가 {least}–{most} dB 더 낫습니다.</translation>
    </message>
    <message>
        <source>With {first} to {last} numbers the autoencoder is better by {least} to {most} dB.</source>
        <translation>숫자 {first}개에서 {last}개까지는 오토인코더가 {least}–{most} dB 더 낫습니다.</translation>
    </message>
    <message>
        <source>There are too few photos for more than {count} components: beyond that, PCA gets no better.</source>
        <translation>사진이 적어 성분을 {count}개까지만 구할 수 있습니다. 그보다 늘려도 PCA는 나아지지 않습니다.</translation>
    </message>
    <message>
        <source>With {first} numbers they are alike.</source>
        <translation>숫자 {first}개에서는 서로 비슷합니다.</translation>
    </message>
    <message>
        <source>With {first} numbers PCA is better by {most} dB.</source>
        <translation>숫자 {first}개에서는 PCA가 {most} dB 더 낫습니다.</translation>
    </message>
    <message>
        <source>With {first} numbers the autoencoder is better by {most} dB.</source>
        <translation>숫자 {first}개에서는 오토인코더가 {most} dB 더 낫습니다.</translation>
    </message>
    <message>
        <source>PCA compares photos with one another: it needs two of them at least.</source>
        <translation>PCA는 사진을 서로 비교하므로 두 장 이상 필요합니다.</translation>
    </message>
    <message>
        <source>The photos change while they are read. Please try again when nothing else works on them.</source>
        <translation>읽는 동안 사진이 바뀌고 있습니다. 다른 프로그램이 사진을 쓰지 않을 때 다시 시도하세요.</translation>
    </message>
    <message>
        <source>No photo in {folders} can be read. {problem}</source>
        <translation>{folders} 폴더에 읽을 수 있는 사진이 없습니다. {problem}</translation>
    </message>
    <message>
        <source>These photos were labelled in {folder}: the labels are taken from there.</source>
        <translation>이 사진의 라벨은 {folder} 폴더에서 붙인 것이어서 거기에서 가져옵니다.</translation>
    </message>
    <message>
        <source>The labels of {folder} cannot be read. Their file is put aside as {path}, and labelling begins anew.</source>
        <translation>{folder} 폴더의 라벨을 읽을 수 없습니다. 라벨 파일을 {path}(으)로 옮겨 두고 라벨을 처음부터 붙입니다.</translation>
    </message>
    <message>
        <source>The class needs a name. Please write some letters or digits.</source>
        <translation>클래스의 이름이 필요합니다. 글자나 숫자를 쓰세요.</translation>
    </message>
    <message>
        <source>“{name}” is too long for the name of a class. Please use {most} letters at most.</source>
        <translation>“{name}”은(는) 클래스 이름으로 너무 깁니다. {most}자 이하로 쓰세요.</translation>
    </message>
    <message>
        <source>There is a class “{name}” already. Please choose another name.</source>
        <translation>“{name}” 클래스가 이미 있습니다. 다른 이름을 선택하세요.</translation>
    </message>
    <message>
        <source>Line {number} of {path} names no class. Each line is to be a path, a comma and a class.</source>
        <translation>{path}: {number}번째 줄에 클래스가 없습니다. 줄마다 경로, 쉼표, 클래스를 쓰세요.</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}). Please give a CSV file of paths and classes.</source>
        <translation>{path}: 읽을 수 없습니다({reason}). 경로와 클래스를 담은 CSV 파일을 지정하세요.</translation>
    </message>
    <message>
        <source>{path} is no CSV file. Please give a table of paths and classes.</source>
        <translation>{path}: CSV 파일이 아닙니다. 경로와 클래스를 담은 표를 지정하세요.</translation>
    </message>
    <message>
        <source>The labels cannot be kept in {folder} ({reason}). Please check the disk.</source>
        <translation>{folder} 폴더에 라벨을 보관할 수 없습니다({reason}). 디스크를 확인하세요.</translation>
    </message>
    <message>
        <source>A map is a .csv or .png file, and {path} is neither. Please name such a file.</source>
        <translation>{path}: 지도는 .csv나 .png 파일로만 저장할 수 있습니다. 그런 파일 이름을 지정하세요.</translation>
    </message>
    <message>
        <source>{path} is there already. Please choose another name.</source>
        <translation>{path}: 이미 있습니다. 다른 이름을 선택하세요.</translation>
    </message>
    <message>
        <source>{path} is one of the photos. Please choose another name for the map.</source>
        <translation>{path}: 탐색하는 사진입니다. 지도에 다른 이름을 선택하세요.</translation>
    </message>
    <message>
        <source>There is no map “{method}”. Please choose one of {known}.</source>
        <translation>“{method}” 지도가 없습니다. 다음 중에서 선택하세요: {known}.</translation>
    </message>
    <message>
        <source>UMAP is not installed. Please install it with “pip install umap-learn”, or choose another map.</source>
        <translation>UMAP이 설치되지 않았습니다. “pip install umap-learn”으로 설치하거나 다른 지도를 선택하세요.</translation>
    </message>
    <message>
        <source>unlike the others</source>
        <translation>다른 사진과 다름</translation>
    </message>
    <message>
        <source>drawn worse</source>
        <translation>더 부정확하게 그려짐</translation>
    </message>
    <message>
        <source>another colour cast</source>
        <translation>다른 색 치우침</translation>
    </message>
    <message>
        <source>flat areas</source>
        <translation>밋밋한 영역</translation>
    </message>
    <message>
        <source>lines across</source>
        <translation>가로지르는 줄</translation>
    </message>
    <message>
        <source>Of fewer than {fewest} photos nobody can tell what is usual. Please choose a folder with more of them.</source>
        <translation>사진이 {fewest}장보다 적으면 무엇이 보통인지 알 수 없습니다. 사진이 더 많은 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>lighter</source>
        <translation>더 밝음</translation>
    </message>
    <message>
        <source>darker</source>
        <translation>더 어두움</translation>
    </message>
    <message>
        <source>harsher</source>
        <translation>더 거침</translation>
    </message>
    <message>
        <source>softer</source>
        <translation>더 부드러움</translation>
    </message>
    <message>
        <source>No photo is labelled yet. Please give a few photos of each class their label.</source>
        <translation>아직 라벨이 있는 사진이 없습니다. 클래스마다 사진 몇 장에 라벨을 붙이세요.</translation>
    </message>
    <message>
        <source>All labels are of the class “{name}”. Please label some photos of another class as well.</source>
        <translation>모든 라벨이 “{name}” 클래스입니다. 다른 클래스의 사진에도 라벨을 붙이세요.</translation>
    </message>
    <message>
        <source>The class “{name}” has too few labelled photos: {count}. Please label {least} of each class at least.</source>
        <translation>“{name}” 클래스에 라벨이 있는 사진이 너무 적습니다: {count}장. 클래스마다 {least}장 이상 라벨을 붙이세요.</translation>
    </message>
    <message>
        <source>Labelled photos that are not among these any more: {count}. Labels are kept.</source>
        <translation>라벨이 있지만 이 폴더에 더 이상 없는 사진: {count}장. 라벨은 그대로 남습니다.</translation>
    </message>
    <message>
        <source>All photos are labelled: there are none left to sort.</source>
        <translation>모든 사진에 라벨이 있어 분류할 사진이 없습니다.</translation>
    </message>
    <message>
        <source>What was found about the photos cannot be kept in {folder} ({reason}). Next time it is looked for again.</source>
        <translation>사진을 살펴본 결과를 {folder} 폴더에 보관할 수 없습니다({reason}). 다음에 다시 살펴봅니다.</translation>
    </message>
    <message>
        <source>{name} is not the photo any more that its result was made of.</source>
        <translation>{name}: 결과를 만들 때의 사진이 아닙니다.</translation>
    </message>
    <message>
        <source>The results need a folder. Please choose one under Output.</source>
        <translation>결과를 저장할 폴더가 필요합니다. 출력에서 선택하세요.</translation>
    </message>
    <message>
        <source>The folder {folder} could be anywhere. Please choose it under Output.</source>
        <translation>{folder} 폴더가 어디에 있는지 알 수 없습니다. 출력에서 선택하세요.</translation>
    </message>
    <message>
        <source>The tools are still being loaded. Please try again in a moment.</source>
        <translation>아직 도구를 불러오고 있습니다. 잠시 후 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The studio&apos;s settings are still being taken over. Please try again in a moment.</source>
        <translation>아직 스튜디오의 설정을 가져오고 있습니다. 잠시 후 다시 시도하세요.</translation>
    </message>
    <message>
        <source>There is nothing to do. Please switch on a tool, or choose a format under Output.</source>
        <translation>할 일이 없습니다. 도구를 켜거나 출력에서 형식을 선택하세요.</translation>
    </message>
    <message>
        <source>There are no photos in the list. Please add some.</source>
        <translation>목록에 사진이 없습니다. 사진을 추가하세요.</translation>
    </message>
    <message>
        <source>The steps {steps} are in an order that the window does not know. Please run that job with “aestudio batch”.</source>
        <translation>단계 {steps}의 순서는 이 창에서 쓸 수 없습니다. 이 작업은 “aestudio batch”로 실행하세요.</translation>
    </message>
    <message>
        <source>{path} is not there any more. Please choose it again, or take it out of the settings of {tool}.</source>
        <translation>{path}: 더 이상 없습니다. 다시 선택하거나 {tool}의 설정에서 빼세요.</translation>
    </message>
    <message>
        <source>The model “{model}” is another one now than when it was chosen. Please run the tools again.</source>
        <translation>“{model}” 모델이 선택했을 때와 달라졌습니다. 도구를 다시 실행하세요.</translation>
    </message>
    <message>
        <source>There are no photos in {path}.</source>
        <translation>{path} 폴더에 사진이 없습니다.</translation>
    </message>
    <message>
        <source>{said}</source>
        <translation>{said}</translation>
    </message>
    <message>
        <source>The folders could not be looked through. Please choose “Look again”.</source>
        <translation>폴더를 살펴보지 못했습니다. “다시 살펴보기”를 누르세요.</translation>
    </message>
    <message>
        <source>The training process ended unexpectedly. What it learnt until its last checkpoint is kept.</source>
        <translation>학습 프로세스가 예기치 않게 끝났습니다. 마지막 체크포인트까지 학습한 것은 남아 있습니다.</translation>
    </message>
    <message>
        <source>Please give the model a name.</source>
        <translation>모델의 이름을 정하세요.</translation>
    </message>
    <message>
        <source>“{name}” cannot be the name of a model. Please use letters, figures, spaces, dots and hyphens, {most} of them at most.</source>
        <translation>“{name}”은(는) 모델 이름으로 쓸 수 없습니다. 글자, 숫자, 빈칸, 점, 하이픈으로 {most}자 이하의 이름을 쓰세요.</translation>
    </message>
    <message>
        <source>Please drop a folder of photos to learn from.</source>
        <translation>학습할 사진 폴더를 끌어다 놓으세요.</translation>
    </message>
    <message>
        <source>Please drop the folder with the noisy photos of each pair, too.</source>
        <translation>짝마다 노이즈가 있는 사진의 폴더도 끌어다 놓으세요.</translation>
    </message>
    <message>
        <source>A model that starts from nothing has nothing to keep. Please let all of it learn.</source>
        <translation>처음부터 학습하는 모델에는 그대로 둘 부분이 없습니다. 전체를 학습시키세요.</translation>
    </message>
    <message>
        <source>Please drop the folder with the good photos of each pair, too.</source>
        <translation>짝마다 깨끗한 사진의 폴더도 끌어다 놓으세요.</translation>
    </message>
    <message>
        <source>{folder} is no folder of a training, and stays.</source>
        <translation>{folder}: 학습 폴더가 아니어서 그대로 둡니다.</translation>
    </message>
    <message>
        <source>{folder} could not be deleted ({reason}). Please delete it by hand.</source>
        <translation>{folder}: 삭제하지 못했습니다({reason}). 직접 삭제하세요.</translation>
    </message>
    <message>
        <source>{path} has the unknown key “{key}”.</source>
        <translation>{path}: 알 수 없는 항목 “{key}”이(가) 있습니다.</translation>
    </message>
    <message>
        <source>{path} has the unknown key “{key}”; did you mean “{close}”?</source>
        <translation>{path}: 알 수 없는 항목 “{key}”이(가) 있습니다. “{close}”을(를) 뜻했나요?</translation>
    </message>
    <message>
        <source>recent_limit is {value}: please choose a number from 0 to {most}.</source>
        <translation>recent_limit 값이 {value}입니다. 0에서 {most} 사이의 수를 선택하세요.</translation>
    </message>
    <message>
        <source>The preferences in {path} cannot be read ({reason}). Please correct the file.</source>
        <translation>환경설정 파일 {path}: 읽을 수 없습니다({reason}). 파일을 고쳐 주세요.</translation>
    </message>
    <message>
        <source>In {path}, {problem}</source>
        <translation>{path}: {problem}</translation>
    </message>
    <message>
        <source>The preferences could not be written to {path} ({reason}). Please check the folder.</source>
        <translation>환경설정을 {path}에 저장하지 못했습니다({reason}). 폴더를 확인하세요.</translation>
    </message>
    <message>
        <source>{name} is {value}: please choose one of {choices}.</source>
        <translation>{name} 값이 {value}입니다. 다음 중에서 선택하세요: {choices}.</translation>
    </message>
    <message>
        <source>{name} is {value}: please write {example}.</source>
        <translation>{name} 값이 {value}입니다. 이렇게 써 주세요: {example}.</translation>
    </message>
</context>
<context>
    <name>tasks</name>
    <message>
        <source>Denoise</source>
        <translation>노이즈 제거</translation>
    </message>
    <message>
        <source>Nothing to do was found: the photo is left as it is.</source>
        <translation>손볼 곳이 없어 사진을 그대로 둡니다.</translation>
    </message>
    <message>
        <source>Noise level</source>
        <translation>노이즈 수준</translation>
    </message>
    <message>
        <source>How strong the noise is, in levels of 255. More removes coarser noise, less keeps finer texture.</source>
        <translation>노이즈의 세기입니다 (255단계 기준). 높이면 더 거친 노이즈까지 지우고, 낮추면 미세한 질감이 더 남습니다.</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>강도</translation>
    </message>
    <message>
        <source>How much of the restored photo is mixed in. Less keeps more of the original&apos;s grain.</source>
        <translation>복원한 사진을 섞는 비율입니다. 낮추면 원본의 입자가 더 남습니다.</translation>
    </message>
    <message>
        <source>Colorize</source>
        <translation>색 입히기</translation>
    </message>
    <message>
        <source>The photo is in colour already, and is left as it is. “Colour anew” drops its colours.</source>
        <translation>이미 컬러 사진이므로 그대로 둡니다. ‘다시 색 입히기’를 켜면 원래 색을 버립니다.</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>채도</translation>
    </message>
    <message>
        <source>How vivid the colours are. More makes them stronger, less brings them nearer to grey.</source>
        <translation>색의 선명한 정도입니다. 높이면 색이 진해지고, 낮추면 회색에 가까워집니다.</translation>
    </message>
    <message>
        <source>Warmth</source>
        <translation>따뜻함</translation>
    </message>
    <message>
        <source>More leans all colours to yellow and red, less to blue.</source>
        <translation>높이면 모든 색이 노랑과 빨강 쪽으로, 낮추면 파랑 쪽으로 기웁니다.</translation>
    </message>
    <message>
        <source>Print&apos;s own tone</source>
        <translation>인화지의 색조</translation>
    </message>
    <message>
        <source>How much of a sepia print&apos;s tone stays under the colours. At 0 it is made neutral first.</source>
        <translation>세피아 인화의 색조를 색 아래에 얼마나 남길지 정합니다. 0이면 먼저 중성 회색으로 만듭니다.</translation>
    </message>
    <message>
        <source>Colour anew</source>
        <translation>다시 색 입히기</translation>
    </message>
    <message>
        <source>Photos that are in colour are coloured, too: their own colours are dropped.</source>
        <translation>이미 컬러인 사진에도 색을 입힙니다. 원래 색은 버립니다.</translation>
    </message>
    <message>
        <source>Hints</source>
        <translation>힌트</translation>
    </message>
    <message>
        <source>Colours at places of the photo, saved from the window as JSON.</source>
        <translation>사진 곳곳에 정한 색으로, 창에서 JSON으로 저장한 것입니다.</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>기준 사진</translation>
    </message>
    <message>
        <source>A photo in colour: its colours guide the result.</source>
        <translation>결과의 색을 이끄는 컬러 사진입니다.</translation>
    </message>
    <message>
        <source>Remove watermarks</source>
        <translation>워터마크 제거</translation>
    </message>
    <message>
        <source>No mark was found: the photo is left as it is. More sensitivity finds fainter ones.</source>
        <translation>마크를 찾지 못해 사진을 그대로 둡니다. 민감도를 높이면 더 흐린 마크도 찾습니다.</translation>
    </message>
    <message>
        <source>Do you have the right to remove the marks from these photos?</source>
        <translation>이 사진에서 마크를 지울 권리가 있습니까?</translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <translation>민감도</translation>
    </message>
    <message>
        <source>How readily something counts as a mark. More finds fainter ones, less leaves signs and captions alone.</source>
        <translation>얼마나 쉽게 마크로 볼지 정합니다. 높이면 더 흐린 마크도 찾고, 낮추면 간판이나 자막을 그대로 둡니다.</translation>
    </message>
    <message>
        <source>Paint anew</source>
        <translation>새로 칠하기</translation>
    </message>
    <message>
        <source>What a mask covers is painted from what lies around it. Off: what still shines through is brought back.</source>
        <translation>마스크가 덮은 곳을 주변을 바탕으로 새로 칠합니다. 끄면 아직 비쳐 보이는 것을 되살립니다.</translation>
    </message>
    <message>
        <source>Scale the mask</source>
        <translation>마스크 크기 맞추기</translation>
    </message>
    <message>
        <source>A mask of another size than the photo is scaled to it.</source>
        <translation>사진과 크기가 다른 마스크를 사진 크기에 맞춥니다.</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>마스크</translation>
    </message>
    <message>
        <source>A picture of the photo&apos;s size, bright where something is to go.</source>
        <translation>사진과 크기가 같고 지울 곳이 밝은 그림입니다.</translation>
    </message>
    <message>
        <source>My mark</source>
        <translation>내 마크</translation>
    </message>
    <message>
        <source>Your own mark as a PNG with transparency: it is looked for and taken off.</source>
        <translation>투명한 배경의 PNG로 된 내 마크입니다. 사진에서 찾아 지웁니다.</translation>
    </message>
    <message>
        <source>Learn from</source>
        <translation>학습할 사진</translation>
    </message>
    <message>
        <source>Photos of one size that carry the same mark: it is learnt from them, looked for and taken off.</source>
        <translation>같은 마크가 있는 같은 크기의 사진들입니다. 여기에서 마크를 학습하여 사진에서 찾아 지웁니다.</translation>
    </message>
    <message>
        <source>Clean up noise</source>
        <translation>노이즈 정리</translation>
    </message>
    <message>
        <source>Old black-and-white prints</source>
        <translation>오래된 흑백 인화 사진</translation>
    </message>
    <message>
        <source>Scans with date stamps</source>
        <translation>날짜가 찍힌 스캔 사진</translation>
    </message>
    <message>
        <source>Small copies for the web</source>
        <translation>웹용 작은 사본</translation>
    </message>
</context>
</TS>

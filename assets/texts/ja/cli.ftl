# コマンドライン: ヘルプ、メッセージ、答え

## ヘルプ

cli-heading-usage = 使い方:
cli-heading-commands = コマンド
cli-heading-arguments = 引数
cli-heading-options = オプション
cli-value-command = コマンド

cli-about = 双子（Futago）: 西新宿のデジタルツイン。コマンドを付けずに実行すると、組み込みのシナリオ（冬至の超高層ビル街）を計算し、レポートの場所を表示します。
cli-after =
    終了コード: 0 完了、1 失敗、2 使い方の誤り（コマンドライン、シナリオ、この都市では答えられない問い）
    表示言語は --lang、なければ LC_ALL・LC_MESSAGES・LANG に従います。
cli-run-about = シナリオを計算し、レポート・地図・表・データのフォルダーを書き出す
cli-serve-about = 公開ページ（cargo xtask web で作ったフォルダー）をこの機械で配信する
cli-schema-about = シナリオファイルの JSON スキーマを表示する
cli-info-about = 都市データの中身（件数、座標系、出典、合成データ、主なビル）を表示する
cli-import-about = 公開都市データ（CityGML ファイル、PLATEAU の納品フォルダー、その zip、OpenStreetMap の抽出データ、GeoTIFF・標高タイル・基盤地図情報・dem の gml の標高）から都市パックを作る
cli-export-about = 都市データをオープンな形式で書き出す
cli-export-mesh-about = 建物を glTF（.glb）で書き出す（建物 ID つき）
cli-export-terrain-about = 地盤の標高を GeoTIFF（.tif）で書き出す
cli-export-buildings-about = 建物の外形と属性を書き出す（拡張子により GeoJSON または GeoParquet）
cli-ask-about = ある場所について一つだけ尋ねる
cli-ask-sun-about = その日、その場所にはいつ日が当たるか
cli-ask-crowd-about = その時刻にこの場所を通る人数は?
cli-ask-office-about = この場所の建物のオフィスの混み具合は?
cli-sun-position-about = ある時刻の太陽の位置（NREL SPA、-2000 年から 6000 年）

cli-arg-help = このヘルプを表示する
cli-arg-version = バージョンを表示する
cli-arg-lang = 表示言語: ja または en（省略時は環境に従う）
cli-arg-json = 答えを一つの JSON として標準出力に書く
cli-arg-city = 組み込みの都市の代わりに使う都市パック
cli-arg-packs = 都市パック（省略時は組み込みの都市）
cli-arg-lon = 経度（度、東が正）
cli-arg-lat = 緯度（度、北が正）
cli-run-arg-scenario = シナリオファイル（省略時は組み込みのシナリオ）
cli-run-arg-out = 結果のフォルダー（省略時は results/<シナリオの名前>）
cli-run-arg-backend = 計算する装置: auto、gpu、cpu（省略時は auto。選んだものと理由を表示する）
cli-run-arg-threads = CPU のスレッド数、1〜1024（省略時はコア数）。結果は変わらない
cli-run-arg-seed = シナリオの代わりに使う乱数の種
cli-import-arg-inputs = ファイル、フォルダー、zip。種類は中身から判断します
cli-import-arg-output = 書き出すパック（.city）
cli-import-arg-report = データの指摘も書き出す: .html（人向け）または .json（プログラム向け）
cli-import-arg-credit = データの出典表示。すべての結果に付きます
cli-import-arg-licence = データのライセンス
cli-import-arg-threads = スレッド数 1〜1024（既定: コアごとに一つ）。パックの中身は変わりません
cli-import-arg-bounds = この範囲にかかるものだけ取り込む: 西,南,東,北（度）
cli-import-arg-lod = 取り込む詳細度（LOD）の上限、0〜4（省略時はすべて）
cli-import-arg-strict = 指摘のあるデータは受け付けない（パックを書かない）
cli-import-arg-geoid = 楕円体からの高さのデータに使うジオイド高、メートル（省略時は 36.7）
cli-import-arg-limits = 入力の上限を変える。例: depth=512（何度でも指定できます）
cli-serve-arg-folder = ページのフォルダー（省略時は dist）
cli-serve-arg-port = ポート番号（省略時は 8080、0 は空いている番号）
cli-serve-arg-address = 聞く IP アドレス（省略時は 127.0.0.1: この機械だけ）
cli-serve-at = ページを配信しています: { $url } （Ctrl-C で終わります）
cli-serve-no-page = { $folder } に index.html がありません。先に cargo xtask web --release で作ってください。
cli-serve-busy = { $address } で配信できません: { $why }。--port で別の番号を選んでください。
cli-export-mesh-arg-output = 書き出すファイル（.glb）
cli-export-terrain-arg-output = 書き出すファイル（.tif）
cli-export-buildings-arg-output = 書き出すファイル（.geojson、.parquet または .csv）
cli-ask-sun-arg-height = 地面からの高さ、メートル（省略時は 1.5）
cli-ask-sun-arg-date = 日本の日付（省略時は今日）
cli-ask-crowd-arg-time = 日本の時刻。例: 08:30（既定は今）
cli-ask-crowd-arg-days = 日の種類: 平日（weekday）または土日と祝日（holiday）（既定は日本の今日と同じ種類）
cli-ask-crowd-arg-flows = 内蔵のものに代わる人数データ（.flow）
cli-ask-office-arg-time = 日本の時刻。例: 10:30（既定は今）
cli-ask-office-arg-date = 日本の日付（既定は今日）
cli-ask-office-arg-attendance = 出社する人の割合、0 から 1 まで（既定は 1）
cli-ask-office-arg-occupancy = 階と時刻ごとに測った人数のファイル（CSV または Parquet）。なければ合成データ
cli-sun-position-arg-time = 時差つきの時刻（RFC 3339）。例: 2026-12-22T12:00:00+09:00
cli-sun-position-arg-elevation = 海面からの高さ、メートル（省略時は 0）
cli-sun-position-arg-pressure = 気圧、hPa。気温とともに与えると大気差を含める
cli-sun-position-arg-temperature = 気温、℃
cli-sun-position-arg-delta-t = TT − UT1、秒（省略時は日付から推定）

## コマンドラインの誤り

cli-error = エラー:
cli-usage-did-you-mean = { $word } のことですか？
cli-usage-see-help = くわしくは --help をご覧ください。
cli-usage-unknown = { $arg } はここでは使えません
cli-usage-missing-command = コマンドがありません: { $commands }
cli-usage-missing = 必要な指定がありません: { $arg }
cli-usage-no-value = { $arg } には値が必要です
cli-usage-value = { $arg } に { $value } は指定できません。指定できる値: { $allowed }
cli-usage-bad-value = { $arg } に { $value } は指定できません
cli-usage-twice = { $arg } が 2 回以上指定されています
cli-usage-conflict = { $arg } と { $other } は同時に指定できません
cli-usage-value-count = { $arg } の値の数が合いません
cli-usage-date = { $date } は日付ではありません。YYYY-MM-DD の形（例: 2026-12-22）で書いてください
cli-usage-clock = { $time } は時刻ではありません。08:30 のように書いてください
cli-usage-time = { $time } は時刻として読めません（{ $problem }）。時差をつけて書いてください。例: 2026-12-22T12:00:00+09:00
cli-usage-place = 経度 { $lon }、緯度 { $lat } は地球上の場所ではありません
cli-usage-place-remedy = 経度は -180〜180 度、緯度は -90〜90 度です。
cli-usage-swapped = 経度 { $lon }、緯度 { $lat } は地球上の場所ではありません
cli-usage-swapped-remedy = 経度と緯度が逆のようです。--lon { $lat } --lat { $lon } をお試しください。
cli-usage-ending = { $file }: 拡張子から形式がわかりません
cli-usage-ending-remedy = 使える拡張子: { $endings }

## ファイルとフォルダー

cli-io-not-found = ファイルまたはフォルダーがありません
cli-io-permission = 権限がありません
cli-io-read-only = 読み取り専用です
cli-io-full = ディスクがいっぱいです
cli-io-not-a-folder = パスの途中がフォルダーではなくファイルです
cli-io-is-a-folder = ファイルではなくフォルダーです
cli-io-in-the-way = フォルダーを作る場所に同じ名前のファイルがあります
cli-stdout-failed = 標準出力に書けません: { $why }
cli-out-unwritable = { $folder } に結果を書けません: { $why }
cli-out-unwritable-remedy = --out で別のフォルダーを指定してください。
cli-out-fallback = ここには書けません（{ $why }）。結果は { $folder } に書きます。--out で別の場所を選べます。
cli-write-failed = { $file } に書けません: { $why }
cli-write-failed-remedy = 書きかけのファイルは残していません。空きを増やすか、別の場所を指定してください。
cli-results-failed = { $folder } に結果を書けません: { $why }
cli-results-failed-remedy = 書きかけの結果は残していません。空きを増やすか、--out で別のフォルダーを指定してください。
cli-pack-none = このプログラムには都市データが組み込まれていません
cli-pack-none-remedy = 都市パックを指定してください。
cli-pack-not-a-pack = .city パックの形をしていません
cli-pack-newer = 形式のバージョンが { $found } です。このプログラムが読めるのは { $known } までです。新しい Futago なら読めます
cli-pack-cut = 途中で切れています: { NUMBER($expected) } バイトのうち { NUMBER($found) } バイト
cli-pack-damaged = 壊れています: { $section } のチェックサムが合いません
cli-pack-invalid = 中身に矛盾があります（{ $section }: { $problem }）
cli-pack-too-large = 大きすぎます: { NUMBER($found) }（{ NUMBER($limit) } まで）
cli-pack-failed = { $file } は都市パックとして読めません: { $why }
cli-pack-failed-remedy = パックを入手し直すか作り直してください（cargo xtask city --data <フォルダー>）。省略すれば組み込みの都市を使います。
cli-pack-unreadable = { $file } を読めません: { $why }
cli-pack-mismatch = { $file } は先のパックと合いません（座標系がちがうか、同じ部分が重なっています）
cli-pack-mismatch-remedy = 同じ都市の、建物のパックと道路のパックを一つずつまで指定してください。
cli-pack-no-terrain = { $file } には地形がありません
cli-pack-no-terrain-remedy = 標高データ（GeoTIFF、標高タイル、基盤地図情報、dem の gml）とともに取り込んでください。
cli-pack-no-buildings = { $file } には建物がありません
cli-pack-no-buildings-remedy = 建物のあるパックも指定してください。

## シナリオ

cli-scenario-unreadable = シナリオ { $file } を読めません: { $why }
cli-scenario-not-text = シナリオ { $file } は UTF-8 のテキストではありません
cli-scenario-syntax = TOML として正しくありません: { $message }
cli-scenario-unknown-key = { $key } というキーはここにはありません。{ $hint }
cli-scenario-unknown-word = { $word } はここでは使えません。{ $hint }
cli-scenario-known = 使えるもの: { $known }
cli-scenario-missing-key = キー { $key } がありません
cli-scenario-not-finite = { $key } が { $value } です。有限の数を書いてください
cli-scenario-too-long = シナリオとして長すぎます（{ NUMBER($bytes) } バイト）
cli-scenario-bad-value = 値が正しくありません: { $message }
cli-scenario-question = { $key } が正しくありません: { $problem }
cli-scenario-schema = バージョン { $found } は読めません。このプログラムが読めるのはバージョン { $known } です
cli-scenario-name = 使えるのは文字、数字、「-」「_」「.」だけで、80 バイトまで、先頭に「.」は置けません
cli-scenario-no-question = { $file } には問いがありません
cli-scenario-no-question-remedy = [sunlight] のようなシミュレーションの表を加えてください。docs/scenario.md か futago schema をご覧ください。
cli-scenario-two-questions = シミュレーションの表が一つではありません: { $tables }。一つだけ残し、ほかは別のシナリオにしてください

## 計算

cli-phase-open = 都市データを開いています
cli-phase-prepare = 準備しています
cli-phase-write = 結果を書いています
step-finish = 結果をまとめています
cli-left-seconds = あと約 { NUMBER($seconds, maximumFractionDigits: 0) } 秒
cli-left-minutes = あと約 { NUMBER($minutes, maximumFractionDigits: 0) } 分
cli-backend-gpu = GPU で計算します: { $device }（{ $reason }）
cli-backend-cpu = CPU で計算します: { $device }（{ $reason }）
cli-reason-asked = 指定による
cli-reason-hardware = GPU が見つかったため
cli-reason-software = 見つかった GPU はソフトウェア（{ $adapter }）だけで、CPU のほうが速いため
cli-reason-none = GPU が見つからないため
cli-reason-unusable = GPU が使えなかったため: { $message }
cli-backend-failed = 計算する装置がありません: { $why }
cli-backend-failed-remedy = --backend auto か --backend cpu をお使いください。
cli-threads-failed = { NUMBER($threads) } 本のスレッドを起動できません: { $why }
cli-cancelled = 中止しました。何も書いていません
cli-cancelling = この段階が終わったら止まります。すぐに止めるにはもう一度 Ctrl-C を押してください。
cli-run-failed = シミュレーションに失敗しました: { $why }
cli-run-done = { NUMBER($seconds, minimumFractionDigits: 1, maximumFractionDigits: 1) } 秒で終わりました。
cli-run-defects = 入力データについての { NUMBER($count) } 件の注記がレポートにあります。
cli-run-report = レポート: { $path }
cli-run-folder = すべての結果: { $path }
cli-flows-none = このプログラムには内蔵の人数データがありません
cli-flows-none-remedy = .flow のファイルを指定してください（futago import tracks で作れます）。
cli-flows-unreadable = { $file } を読めません: { $why }
cli-flows-not-flows = { $file } は .flow のファイルではありません
cli-flows-not-flows-remedy = futago import tracks で GPS の点から作ってください。
cli-flows-newer = { $file } はバージョン { $found } です。このプログラムが読めるのはバージョン { $known } までです
cli-flows-newer-remedy = Futago を更新してください。
cli-flows-cut = { $file } は途中で切れているか、長すぎます
cli-flows-cut-remedy = コピーし直すか、軌跡を取り込み直してください。
cli-flows-damaged = { $file } は壊れています
cli-flows-damaged-remedy = コピーし直すか、軌跡を取り込み直してください。

## 日照計算の誤り

error-sunlight-no-building = この都市に { $id } という建物はありません
error-sunlight-no-building-remedy = 建物 ID は { $example } のような形です。futago export buildings で一覧できます。
error-sunlight-id-taken = sunlight.what_if.add: { $id } という建物はすでにあります
error-sunlight-id-taken-remedy = 別の id にしてください。
error-outside-area = sunlight.area はこの都市の外に出ています
error-outside-area-remedy = データの範囲: 経度 { $west }〜{ $east }、緯度 { $south }〜{ $north }
error-outside-probe = 観測点 { $name } はこの都市の外です
error-outside-probe-remedy = データの範囲: 経度 { $west }〜{ $east }、緯度 { $south }〜{ $north }
error-outside-spot = この場所はこの都市の外です
error-outside-spot-remedy = データの範囲: 経度 { $west }〜{ $east }、緯度 { $south }〜{ $north }
error-sun-date = { $instant } の太陽の位置は求められません
error-sun-date-remedy = 計算できるのは -2000 年から 6000 年です。
error-sun-height = 海面からの高さ { $value } m では太陽の位置を求められません
error-sun-pressure = 気圧 { $value } hPa では大気差を求められません
error-sun-pressure-remedy = 気圧は 0 より大きく 2000 hPa までです。
error-sun-temperature = 気温 { $value } ℃ では大気差を求められません
error-sun-temperature-remedy = 気温は -273 ℃ より高く 100 ℃ までです。
error-sun-failed = { $instant } の太陽の位置を計算できませんでした
error-sun-failed-remedy = Futago の誤りですので、お知らせください。
error-place = 経度 { $lon }、緯度 { $lat } は地球上の場所ではありません
error-place-swapped = 経度 { $lon }、緯度 { $lat } は地球上の場所ではありません（経度と緯度が逆のようです）
error-place-zone = 平面直角座標系は EPSG:6669 から 6687 までの 19 系で、{ $zone } はありません
error-place-too-far = 経度 { $lon }、緯度 { $lat } は EPSG:{ $epsg } の中央子午線から遠すぎます

## 問いの値の誤り（キーの名前のあとに続く）

error-question-nothing-asked = 何も尋ねていません。sun_hours、shadow、sky_view、irradiance、equal_time のどれかを加えてください
error-question-no-targets = 答える場所がありません。ground、roofs、walls、probes のどれかを加えてください
error-question-no-times = 時刻がありません。たとえば ["12:00"] と書いてください
error-question-no-period = 期間を決める sun_hours が必要です
error-question-range = { $value } です。{ $low } から { $high } までにしてください
error-question-grid-points = 格子の点が { NUMBER($points, maximumFractionDigits: 0) } 個になります（{ NUMBER($most, maximumFractionDigits: 0) } 個まで）。大きくしてください
error-question-ends-before-start = to は from より遅い時刻にしてください
error-question-every-no-days = 0 です。毎日なら 1 と書いてください
error-question-last-before-first = { $last } は date の { $first } より前です
error-question-suns = 太陽の位置が { NUMBER($suns, maximumFractionDigits: 0) } 個になります（{ NUMBER($most, maximumFractionDigits: 0) } 個まで）。間隔を広げるか日数を減らしてください
error-question-probe-place = 観測点 { $name } には lon と lat、または building と storey（1 から）のどちらかが必要です
error-question-corners = 頂点が 3 つに足りません
error-question-storey-over-roof = { $building } の { $storey } 階は高さ { $height } m になり、屋根より上です（1 階を { $each } m としています）
error-question-calendar = { $date } は扱える暦の外です
error-question-no-lines = 等時間日影線を描けません。Futago の誤りですので、お知らせください

## 計算する装置の誤り（かっこの中はドライバーやシステムの言葉）

error-compute-no-adapter = GPU が見つかりません（{ $cause }）。Vulkan のドライバーを入れてください（Debian では mesa-vulkan-drivers）
error-compute-no-device = GPU { $adapter } を使えません（{ $cause }）
error-compute-no-threads = { NUMBER($threads) } 本のスレッドを起動できません（{ $cause }）。数を減らしてください
error-compute-too-large = データが大きすぎます: { NUMBER($size) } バイト（この装置では { NUMBER($limit) } バイトまで）。範囲を狭くするか、点の間隔を広げてください
error-compute-out-of-memory = メモリーが足りません。範囲を狭くするか、点の間隔を広げてください
error-compute-refused = GPU が処理を受け付けません（{ $cause }）。--backend cpu をお使いください
error-compute-lost = GPU との接続が切れました（{ $cause }）。もう一度実行するか、--backend cpu をお使いください
error-compute-shader = この GPU ではプログラム { $pass } を使えません（{ $cause }）。--backend cpu をお使いください
error-compute-mistake = 計算の手順に誤りがあります。Futago の誤りですので、お知らせください

## 情報

cli-info-title = { $name-ja }（{ $name-en }）
cli-info-buildings = 建物: { NUMBER($count) } 棟（うち LOD2 の屋根面つき { NUMBER($lod2) } 棟、立体 { NUMBER($solids) } 個）
cli-info-tall = 60 m を超える建物: { NUMBER($over60) } 棟。100 m を超える建物: { NUMBER($over100) } 棟（うち中心部 { $box } に { NUMBER($core) } 棟）
cli-info-streets = 道路と歩道: { NUMBER($km, minimumFractionDigits: 1, maximumFractionDigits: 1) } km。線の総数: { NUMBER($lines) }。面（水面、公園など）: { NUMBER($areas) }
cli-info-shelters = 避難所: { NUMBER($shelters) }。広域避難場所: { NUMBER($wide) }
cli-info-bounds = 範囲: { $deg } 度、{ NUMBER($width, maximumFractionDigits: 0) } m × { NUMBER($height, maximumFractionDigits: 0) } m
cli-info-frame = 座標系: EPSG:{ $epsg } の東 { $east } m、北 { $north } m、T.P. { $up } m を原点とする東・北・上（メートル）
cli-info-ground = 地面: T.P. { $height } m の平面。{ $note }
cli-info-ground-terrain = 地面: 建物は T.P. { $height } m に立ちます。{ $note }
cli-info-terrain = 地形: T.P. { NUMBER($low, minimumFractionDigits: 2, maximumFractionDigits: 2) } m から { NUMBER($high, minimumFractionDigits: 2, maximumFractionDigits: 2) } m、{ NUMBER($columns) } × { NUMBER($rows) } 点、{ NUMBER($spacing, maximumFractionDigits: 3) } m 間隔、{ NUMBER($coverage, minimumFractionDigits: 1, maximumFractionDigits: 1) } % を覆う、補間 { NUMBER($filled) } 点
cli-info-packs = パック
cli-info-pack = { $name }: { NUMBER($kb, maximumFractionDigits: 0) } kB、XXH3 { $hash }
cli-info-report = 取り込み時の注記: { NUMBER($count) } 件
cli-info-report-none = 取り込み時の注記: なし
cli-info-landmarks = 主なビル（主な屋根 / 最も高い所、地面からのメートル）
cli-info-landmark = { $name }: { NUMBER($roof, minimumFractionDigits: 1, maximumFractionDigits: 1) } / { NUMBER($top, minimumFractionDigits: 1, maximumFractionDigits: 1) }  [{ $id }]
cli-info-sources = 出典とライセンス
cli-info-source = { $title }（{ $licence }）: { $credit }
cli-info-synthetic = 合成データ: { $list }
cli-info-synthetic-none = 合成データ: なし

## 取り込み

cli-import-done = 書き出しました: { $file }（地物 { NUMBER($objects) } 件、建物 { NUMBER($buildings) } 棟、立体 { NUMBER($solids) } 個、データの問題点 { NUMBER($remarks) } 件）
cli-import-remark = { "  " }{ $what }: { NUMBER($count) }
cli-import-unreadable = { $file } を読めません: { $why }
cli-import-not-xml = { $file } は { NUMBER($byte) } バイト目で XML として読めません: { $problem }
cli-import-not-xml-remedy = CityGML ファイルかどうか確かめ、入手し直してください。パックは書いていません。
cli-import-cut = { $file } は { NUMBER($byte) } バイト目、{ $inside } の途中で終わっています
cli-import-cut-remedy = ファイルを入手し直してください。パックは書いていません。
cli-import-not-citygml = { $file } の最初の要素は { $found } で、CityGML 1.0・2.0・3.0 の CityModel ではありません
cli-import-not-citygml-remedy = PLATEAU の .gml ファイル（udx/bldg/*.gml）を指定してください。
cli-import-encoding = { $file } の文字コードは { $encoding } です
cli-import-encoding-remedy = UTF-8 で保存してください。
cli-import-cancelled = 取り消しました。パックは書いていません
cli-import-unknown-limit = { $name } という上限はありません
cli-import-unknown-limit-remedy = 上限の名前: { $known }
cli-import-strict = データに指摘が { NUMBER($remarks) } 件あり、--strict のため受け付けません
cli-import-strict-remedy = 最初の指摘: { $first }。データを直すか、--strict を外してください。パックは書いていません。
cli-import-terrain-unreadable = { $file } を { $what } として読めません: { $problem }
cli-import-terrain-unreadable-remedy = ファイルを取り直してください。パックは書き出していません。
cli-import-terrain-values = { $file } の値（{ $found }）は標高ではありません
cli-import-terrain-values-remedy = 16 ビット以上の数値 1 バンドで書き出してください。パックは書き出していません。
cli-import-terrain-place = { $file }: { $problem }
cli-import-terrain-place-remedy = EPSG コードと位置のある GeoTIFF にしてください（gdalwarp -t_srs EPSG:6677）。パックは書き出していません。
cli-import-terrain-system = { $file } の EPSG:{ $epsg } は、Futago の知らない座標参照系です
cli-import-terrain-system-remedy = 経緯度（EPSG:6668、4326）、平面直角座標系（6669 から 6687）、UTM のどれかにするか（gdalwarp -t_srs EPSG:6677）、機能 `proj` を有効にして Futago をビルドしてください。パックは書き出していません。
cli-import-terrain-large = { $file }: { $what } が { NUMBER($found) } で、読める上限は { NUMBER($limit) } です
cli-import-terrain-large-remedy = 都市の範囲に切り取ってください（gdalwarp -te）。パックは書き出していません。
cli-import-bad-zip = { $file } を zip として読めません: { $problem }
cli-import-bad-zip-remedy = 展開して、フォルダーを取り込んでください。パックは書いていません。
cli-import-nothing = { $file } に、地物のファイルがありません
cli-import-nothing-remedy = CityGML ファイルか OpenStreetMap の抽出データ、またはそれを含むフォルダーか zip を指定してください。
cli-import-no-place = { $file } には分かる座標参照系の指定がなく、場所を決められません
cli-import-no-place-remedy = Envelope の srsName に EPSG コードを書いてください。機能 `proj` を有効にしてビルドした Futago は、すべての EPSG コードを読めます。
cli-import-too-large = { $file }: { $name ->
    [attribute_bytes] オブジェクト 1 件の属性の大きさ（バイト）
    [content_vertices] タイル 1 枚の頂点の数
    [depth] 入れ子の深さ
    [element_bytes] 要素 1 件の大きさ（バイト）
    [feature_bytes] 地物 1 件の大きさ（バイト。{ $what }）
    [features] 地物の数
    [file_bytes] ファイルの大きさ（バイト）
    [files] ファイルの数
    [json_bytes] JSON の大きさ（バイト）
    [member_bytes] メンバー 1 件の大きさ（バイト）
    [memory_bytes] 必要なメモリー（バイト）
    [members] リレーションのメンバーの数
    [nodes] ノードの数
    [object_bytes] オブジェクト 1 件の大きさ（バイト）
    [object_nodes] オブジェクト 1 件の要素の数
    [object_vertices] オブジェクト 1 件の頂点の数
    [objects] オブジェクトの数
    [relations] リレーションの数
    [terrain_samples] 標高の点の数
    [text_bytes] 文字の大きさ（バイト）
    [tiles] タイルの数
    [vertices] 頂点の数
    [ways] ウェイの数
    [zip_ratio] 圧縮前と圧縮後の大きさの比
   *[other] { $what }
  } が上限 { NUMBER($limit) } を超えています
cli-import-too-large-remedy = 意図したものなら --limit { $name }=N で上限を上げてください。パックは書いていません。
cli-import-ways = OpenStreetMap から: 道路 { NUMBER($km, maximumFractionDigits: 1) } km、区域 { NUMBER($areas) } 件、歩行ネットワーク { NUMBER($links) } リンク（{ NUMBER($walk-km, maximumFractionDigits: 1) } km）。クレジット: { $credit }、ODbL 1.0
cli-import-osm-beside = 並べて書き出しました: { $file }（ODbL。クレジットの表示と同じ条件での共有が必要です）。両方を一緒に開きます: { $city } { $file }
cli-import-not-osm = { $file } は .osm でも .osm.pbf でもありません
cli-import-not-osm-remedy = .gz や .bz2 は先に展開してください。パックは書き出していません。
cli-import-osm-damaged = { $file } は { NUMBER($byte) } バイト目で読めません: { $problem }
cli-import-osm-damaged-remedy = 抽出データを取得し直してください。パックは書き出していません。
cli-import-osm-compression = { $file } の圧縮方式 { $method } には対応していません
cli-import-osm-compression-remedy = zlib で書き直してください。例: osmium cat { $file } -o plain.osm.pbf
cli-import-osm-feature = { $file } には { $feature } が必要ですが、対応していません
cli-import-osm-feature-remedy = 履歴のない通常の抽出データを使ってください。パックは書き出していません。
cli-import-doctype = { $file } の { NUMBER($byte) } バイト目に DOCTYPE があります
cli-import-doctype-remedy = CityGML には不要で、危険なこともあるため読みません。取り除いてください。パックは書いていません。
cli-import-streets = 地表: 道路・水面・緑などの区域 { NUMBER($areas) } 件、道路の線 { NUMBER($km, maximumFractionDigits: 1) } km
cli-import-cut-line = { $file } は { NUMBER($line) } 行目の途中で終わっています
cli-import-cut-line-remedy = ファイルを入手し直してください。パックは書いていません。
cli-import-not-json = { $file } は JSON として読めません（{ $place }）: { $problem }
cli-import-not-json-remedy = ファイルを入手し直してください。パックは書いていません。
cli-import-broken = { $file } は壊れています（{ $place }）: { $problem }
cli-import-broken-remedy = ファイルを入手し直すか、書き出し直してください。パックは書いていません。
cli-import-unsupported = { $file } の { $what } には対応していません
cli-import-unsupported-remedy = { $remedy }（パックは書いていません）
cli-import-unknown-format = { $file } の形式が分かりません（{ $found }）
cli-import-unknown-format-remedy = 読める形式: { $known }
cli-import-not-cityjson = { $file } は CityJSON ではありません（{ $found }）
cli-import-not-cityjson-remedy = `type` が `CityJSON` のファイルを指定してください。
cli-import-cityjson-version = { $file } は CityJSON { $version } です
cli-import-cityjson-version-remedy = 1.0・1.1・2.0 を読めます。cjio などで 2.0 に変換してください。
cli-import-cityjson-header = { $file } は CityJSONFeature から始まっています
cli-import-cityjson-header-remedy = その前の行に `transform` と `metadata` のある CityJSON オブジェクトを置いてください。
cli-import-reference = { $file } の参照 { $uri } は開けません（{ $problem }）
cli-import-reference-remedy = 同じフォルダーとその下のファイルだけを開きます。取得して、相対パスで書いてください。
cli-import-not-placed = { $file } には地球上の位置がありません
cli-import-not-placed-remedy = 隣に { $sidecar } を作って latitude・longitude・height_tp_m を書くか、位置を決めている tileset.json を指定してください。
cli-import-no-tile = { $file } には読めるタイルがありません。最初の問題: { $first }
cli-import-no-tile-remedy = ファイルを入手し直してください。パックは書いていません。
cli-import-sidecar = { $file }: { $problem }
cli-import-sidecar-remedy = 書き方は { $page } にあります。
cli-import-no-system = { $file } の座標参照系が分かりません（{ $found }）
cli-import-no-system-remedy = 隣に { $sidecar } を作って epsg = 6677 のように書いてください（4326、6668、4612、平面直角座標系 6669〜6687、2443〜2461）。機能 `proj` を有効にしてビルドした Futago は、すべての EPSG コードを読めます。
cli-export-cityjson-about = 公開データのままの地物を、すべての属性とともに CityJSON 2.0 で書き出す
cli-export-cityjson-arg-output = 書き出すファイル（.city.json）
cli-export-cityjson-arg-images = 取り込んだフォルダー。その中のテクスチャ画像を、書き出すファイルの隣に複製する
cli-export-cityjson-images = テクスチャ画像: 複製 { NUMBER($copied) }、公開データのままの名前 { NUMBER($missing) }

## 書き出し

cli-export-done = 書き出しました: { $file }（建物 { NUMBER($buildings) } 棟、{ NUMBER($kb, maximumFractionDigits: 0) } kB）
cli-export-terrain-done = 書き出しました: { $file }（{ NUMBER($columns) } × { NUMBER($rows) } 点、{ NUMBER($spacing, maximumFractionDigits: 3) } m 間隔、{ NUMBER($kb, maximumFractionDigits: 0) } kB）
cli-export-credit = 利用の際は次の出典を示してください: { $credit }

## 太陽の位置

cli-sun-title = { $time } の太陽（経度 { $lon }、緯度 { $lat }）
cli-sun-azimuth = 方位角: 北から時計回りに { $azimuth }°（{ $direction }）
cli-sun-height = 天頂角: { $zenith }°、高度: { $altitude }°（{ $refraction }）
cli-sun-refracted = 大気差を含む
cli-sun-geometric = 大気差を含まない
cli-sun-more = 赤緯: { $declination }°、均時差: { $equation } 分、距離: { $distance } au、ΔT: { $delta } 秒
cli-sun-below = 太陽は地平線の下です。
cli-direction-n = 北
cli-direction-ne = 北東
cli-direction-e = 東
cli-direction-se = 南東
cli-direction-s = 南
cli-direction-sw = 南西
cli-direction-w = 西
cli-direction-nw = 北西

## 質問

cli-ask-interval = { $from }〜{ $to }
cli-ask-sunny = { $date }、この場所（地面から { NUMBER($height, maximumFractionDigits: 1) } m）に日が当たるのは { $list } です（合計 { NUMBER($hours, minimumFractionDigits: 1, maximumFractionDigits: 1) } 時間）。
cli-ask-shade = { $date }、この場所（地面から { NUMBER($height, maximumFractionDigits: 1) } m）には一日中、直射日光が当たりません。
cli-ask-day = 太陽が地平線の上にあるのは { $sunrise }〜{ $sunset } です（日本標準時。太陽の中心で、大気差を含みません）。
cli-ask-last = この場所は { $time } に日かげになります。
cli-ask-no-day = この日、ここでは日が昇りません。
cli-ask-inside = この場所は建物 { $building } の中です。--height で屋根より高くするか、数メートルずらしてください。
cli-ask-credit = データ: { $credits }
cli-ask-crowd-count = { $period } の{ $days ->
    [weekday] 平日
   *[holiday] 土日と祝日
} { $from }〜{ $until }、{ $street } を通るのは 1 時間に { NUMBER($persons, maximumFractionDigits: 0) } 人です（95 % の範囲は { NUMBER($low, maximumFractionDigits: 0) }〜{ NUMBER($high, maximumFractionDigits: 0) } 人）。1 m² あたり { NUMBER($density, minimumFractionDigits: 2, maximumFractionDigits: 2) } 人、水準 { $level } です。
cli-ask-crowd-none = { $period } の { $from }〜{ $until }、{ $street } の人数は公表されていません（少人数のおそれがあるか、だれもいませんでした）。
cli-ask-crowd-change = { $before } から { $after } への増減は { NUMBER($percent, maximumFractionDigits: 0) } % です。
cli-ask-office-full = { $date } { $time }、{ $name } のオフィスには { NUMBER($persons, maximumFractionDigits: 0) } 人がいます。定員（{ NUMBER($floors, maximumFractionDigits: 0) } 階で { NUMBER($capacity, maximumFractionDigits: 0) } 人）の { NUMBER($level, maximumFractionDigits: 0) } % です。
cli-ask-office-unknown = { $date } { $time }、{ $name } のオフィスの人数はわかりません（測定がないか、公表していません）。
cli-ask-office-wait = 朝のエレベーターの待ちは最長で約 { NUMBER($minutes, minimumFractionDigits: 1, maximumFractionDigits: 1) } 分です。
cli-ask-synthetic = 合成データ: 実測ではありません。

## The window

cli-view-about = ウィンドウを開く(3次元の街、時計、日照時間)
cli-view-arg-packs = 内蔵の街の代わりに開くパック(.city)
cli-view-arg-state = 最初に表示する保存済みの視点(JSON)またはリンク
cli-view-arg-commands = 順に実行する操作(1行に1つのJSON)
cli-view-arg-screenshot = 描画が終わったら画像(PNG)を書き出して終了する
cli-view-arg-size = ウィンドウの大きさ(画素、既定は1280x720)
cli-view-arg-wait-for = 画像や次の操作が待つもの: 計算の終わり(result)、または描画だけ(nothing)
cli-no-display = 画面がないため、ウィンドウの代わりに内蔵のシナリオを計算します。
cli-view-no-display = ウィンドウを開く画面がありません。
cli-view-no-display-remedy = 報告書なら futago run を使うか、DISPLAY が設定された環境で起動してください。画像(--screenshot、--commands)に画面は不要です。
cli-view-arg-scenario = 開くときに実行するシナリオ(変更と問い)
cli-view-bad-link = このリンクは視点ではありません: { $why }
cli-view-bad-link-remedy = リンク全体をコピーするか、保存したファイルを指定してください。
cli-view-lost = 描画装置との接続が失われました: { $why }
cli-view-lost-remedy = 視点は保存してあります。続けるには: futago view --state { $file }
cli-view-unreadable = { $file } を読めません: { $why }
cli-view-bad-state = { $file } は保存された視点ではありません: { $why }
cli-view-bad-commands = { $file } は操作の一覧ではありません: { $why }
cli-view-ended = ウィンドウを保てませんでした: { $why }
cli-view-ended-remedy = ウィンドウを使わない報告書は futago run で作れます。
cli-no-window = このビルドにはウィンドウがないため、内蔵のシナリオを計算します。
cli-no-window-here = ここではウィンドウを開けないため({ $why })、内蔵のシナリオを計算します。

## info: the walk network and floors

cli-info-walk = 歩行ネットワーク: ノード { NUMBER($nodes) }、リンク { NUMBER($links) }、延長 { NUMBER($km, minimumFractionDigits: 1, maximumFractionDigits: 1) } km。連結した部分 { NUMBER($components) }（最大の部分に延長の { NUMBER($largest, minimumFractionDigits: 1, maximumFractionDigits: 1) } %）
cli-info-walk-flags = うち段差なし { NUMBER($step-free, minimumFractionDigits: 1, maximumFractionDigits: 1) } km、屋根あり { NUMBER($roofed, minimumFractionDigits: 1, maximumFractionDigits: 1) } km、一方通行のリンク { NUMBER($one-way) }、出典間や端の接続 { NUMBER($joins) }
cli-info-walk-stand-ins = 開いていないパックのノード（代理）: { NUMBER($count) }
cli-info-walk-kinds = 種類別: { $list }
cli-info-walk-levels = 階層別: { $list }
cli-info-walk-kind = { $kind } { NUMBER($km, minimumFractionDigits: 2, maximumFractionDigits: 2) } km（{ NUMBER($links) }）
cli-info-walk-level = { $level } { NUMBER($km, minimumFractionDigits: 2, maximumFractionDigits: 2) } km
cli-info-walk-heights = 階層の高さ（地面から）: { $list }
cli-info-walk-height = { $level } { NUMBER($height, minimumFractionDigits: 1, maximumFractionDigits: 2) } m
cli-info-walk-height-assumed = { $level } { NUMBER($height, minimumFractionDigits: 1, maximumFractionDigits: 2) } m（仮定）
cli-info-walk-list-comma = 、
cli-info-floors = 屋内の階: 外形 { NUMBER($floors) }（{ NUMBER($area, maximumFractionDigits: 0) } m2、{ NUMBER($levels) } 階層）、空間 { NUMBER($spaces) }、柱・壁など { NUMBER($fixtures) }
walk-level-ground = 地上
walk-level-below = 地下{ $floor }階
walk-level-above = { $floor }階
walk-level-between = 中間階 { $level }
walk-kind-walkway = 歩道・通路
walk-kind-street-side = 道路端
walk-kind-corridor = 屋内・地下通路
walk-kind-deck = デッキ
walk-kind-stairs = 階段
walk-kind-escalator = エスカレーター
walk-kind-lift = エレベーター
walk-kind-ramp = スロープ
walk-kind-doorway = 出入口
walk-kind-crossing = 横断
walk-kind-moving-walkway = 動く歩道
walk-kind-other = その他

# futago import tracks
cli-import-tracks-about = 人の GPS 測位データから、街路ごと・時間ごとの人数（.flow）を作る。少人数の値は出しません
cli-import-tracks-arg-inputs = ファイルまたはフォルダー（CSV、Parquet、GPX、PLT、MF-JSON、その gz・zst）。種類は中身から判断します
cli-import-tracks-arg-output = 書き出すファイル（.flow）
cli-import-tracks-arg-periods = 数える期間: 名前=初日..最終日。例: before=2020-01-01..2020-01-31（何度でも指定できます）
cli-import-tracks-arg-city = 歩行ネットワークのある都市パック（省略時は内蔵の西新宿）
cli-import-tracks-arg-bin-minutes = 時間の区切り、15 または 60 分（省略時は 60）
cli-import-tracks-arg-accuracy = これより精度の悪い点は使わない、メートル（省略時は 100）
cli-import-tracks-arg-k = これより少ない人数は出さない（省略時は 10、5 以上）
cli-import-tracks-arg-key = 人数に加える揺らぎの鍵。同じ鍵なら同じ結果になります。秘密にしてください（省略時は毎回変わります）
cli-import-tracks-arg-expand = 測位された 1 人が代表する人数（省略時は 1）
cli-import-tracks-arg-basis = その倍率の根拠（例: 合わせた公表値）
cli-import-tracks-arg-credit = データの出典表示（何度でも指定できます）
cli-import-tracks-arg-synthetic = 合成データであると記す
cli-import-tracks-arg-report = 取り込みの記録も書き出す（.json）
cli-import-tracks-arg-threads = スレッド数 1〜1024（既定: コアごとに一つ）。結果は変わりません
cli-tracks-no-network = この都市には歩行ネットワークがありません
cli-tracks-no-network-remedy = 歩行ネットワークのあるパックを --city で指定するか、省略して内蔵の西新宿を使ってください。
cli-tracks-unknown = { $file } は知らない形式の GPS データです（{ $found }）
cli-tracks-unknown-remedy = 隣に { $sidecar } を作って列の意味を書いてください（docs/tracks.md）。
cli-tracks-no-day = { $file } の列 { $column } には時刻だけがあり、日付がありません
cli-tracks-no-day-remedy = 隣の .toml に on = "2013-07-01" のように日付を書いてください（docs/tracks.md）。
cli-tracks-nothing = { $file } に GPS データのファイルがありません
cli-tracks-nothing-remedy = .csv・.parquet・.gpx・.plt・.json のファイル、またはそれを含むフォルダーを指定してください。
cli-tracks-no-room = { $file } に作業用のデータを置けません: { $why }
cli-tracks-no-room-remedy = 空きを作るか、TMPDIR で別のフォルダーを指定してください。
cli-tracks-done = 書き出しました: { $file }（{ NUMBER($rows) } 行から { NUMBER($points) } 点、街路と時間の組 { NUMBER($bins) } 件。{ NUMBER($k) } 人に満たないなどで出さなかった組は約 { NUMBER($kept-back) } 件）
cli-tracks-rejected = { "  " }使わなかった行: { $what } { NUMBER($count) } 件（最初は { $file } の { NUMBER($first) } 行目）
cli-tracks-levels = { "  " }上下の階を測位だけでは決められない点: { NUMBER($share, maximumFractionDigits: 1) } %
cli-tracks-synthetic = { "  " }合成データとして記しました
cli-tracks-reason-unreadable-row = 列の数が合わない行
cli-tracks-reason-no-id = ID のない行
cli-tracks-reason-unreadable-time = 読めない時刻
cli-tracks-reason-unreadable-place = 読めない位置
cli-tracks-reason-unreadable-number = 読めない数値
cli-tracks-reason-accuracy = 精度が悪い点
cli-tracks-reason-speed = 速すぎる点
cli-tracks-reason-outside-bounds = 都市の範囲の外
cli-tracks-reason-outside-period = 期間の外

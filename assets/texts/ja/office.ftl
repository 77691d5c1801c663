### オフィス: 量・表・列。

quantity-office-level = 定員に対する割合
quantity-office-level-synthetic = 定員に対する割合（合成データ）
quantity-office-level-change = 定員に対する割合の変化
quantity-office-level-synthetic-change = 定員に対する割合の変化（合成データ）
quantity-office-persons = オフィスの人数
quantity-office-persons-synthetic = オフィスの人数（合成データ）
quantity-office-persons-change = オフィスの人数の変化
quantity-office-persons-synthetic-change = オフィスの人数の変化（合成データ）
view-on-floors = 各階
view-on-buildings = 建物
unit-persons = 人

table-office-hours = オフィスの人数（時間ごと）
table-office-buildings = オフィス（建物ごと）
table-office-lifts = 朝のエレベーター
table-office-areas = オフィス（区域・時間ごと）
table-office-building-hours = オフィス（建物・時間ごと）
table-office-floors = オフィス（階・時間ごと）

column-area = 区域
column-arrivals-5-min = 5 分間の到着
column-arrivals-5-min-after = 5 分間の到着（比較後）
column-basis = 対象とした根拠
column-bottom-m = 床の高さ
column-capacity-persons = 定員
column-cars = 台数
column-cars-source = 台数の根拠
column-density-p-m2 = 密度
column-floor = 階
column-floors = 階の数
column-floors-known = 人数がわかる階
column-handling-5-min = 5 分間輸送力
column-highest-floor = 最上階
column-interval-s = 運転間隔
column-level = 定員に対する割合
column-level-after = 割合（比較後）
column-lift-wait-s = エレベーターの最長待ち
column-lowest-floor = 最下階
column-office-area-m2 = 執務面積
column-peak-time = 最も多い時刻
column-persons = 人数
column-persons-after = 人数（比較後）
column-persons-change = 変化
column-persons-mean = 人数（期間平均）
column-persons-peak = 人数（最大）
column-queue-persons = 最長の列
column-queue-persons-after = 最長の列（比較後）
column-round-trip-s = 一周時間
column-source = データ
column-source-after = データ（比較後）
column-speed-m-s = 速度
column-storeys = 階数
column-wait-s = 最長待ち
column-wait-s-after = 最長待ち（比較後）
column-zone = ゾーン

### オフィス: 手順・図・結果・限界。

step-office-people = 各階の人数
step-office-lifts = 朝のエレベーター

office-figure-areas = { NUMBER($side, maximumFractionDigits: 0) } m 四方ごとのオフィスの人数、{ $when }
office-figure-buildings = 建物ごとのオフィスの混み具合（{ $when }）

office-finding-nothing = この期間、対象のオフィスの人数はわかりません。
office-finding-peak-synthetic = 合成データ: この出社率では、最も多い { $when } に、オフィスビル { NUMBER($buildings, maximumFractionDigits: 0) } 棟（{ NUMBER($floors, maximumFractionDigits: 0) } フロア）に約 { NUMBER($persons, maximumFractionDigits: 0) } 人がいます。定員の { NUMBER($level, maximumFractionDigits: 0) } % です。
office-finding-peak-measured = 最も多い { $when } に、オフィスビル { NUMBER($buildings, maximumFractionDigits: 0) } 棟（{ NUMBER($floors, maximumFractionDigits: 0) } フロア）で { NUMBER($persons, maximumFractionDigits: 0) } 人が計測されました。定員の { NUMBER($level, maximumFractionDigits: 0) } % です。
office-finding-peak-mixed = 一部は計測、一部は合成データ: 最も多い { $when } に、オフィスビル { NUMBER($buildings, maximumFractionDigits: 0) } 棟（{ NUMBER($floors, maximumFractionDigits: 0) } フロア）に約 { NUMBER($persons, maximumFractionDigits: 0) } 人がいます。定員の { NUMBER($level, maximumFractionDigits: 0) } % です。
office-finding-most = 最も人が多いのは{ $name_ja }で、{ $time } から約 { NUMBER($persons, maximumFractionDigits: 0) } 人、定員の { NUMBER($level, maximumFractionDigits: 0) } % です。
office-finding-change = 出社率が { NUMBER($attendance_before, maximumFractionDigits: 0) } % から { NUMBER($attendance_after, maximumFractionDigits: 0) } % になると、{ $time } からの人数は約 { NUMBER($before, maximumFractionDigits: 0) } 人から約 { NUMBER($after, maximumFractionDigits: 0) } 人になります（{ NUMBER($change, minimumFractionDigits: 1, maximumFractionDigits: 1) } %）。
office-finding-lifts = 朝、エレベーターの { NUMBER($zones, maximumFractionDigits: 0) } ゾーンのうち { NUMBER($long, maximumFractionDigits: 0) } で 1 分以上待ちます。最も長いのは{ $name_ja }の { NUMBER($wait, minimumFractionDigits: 1, maximumFractionDigits: 1) } 分で、{ $time } に { NUMBER($queue, maximumFractionDigits: 0) } 人が並びます。
office-finding-lifts-fine = 朝のエレベーターは足りています。{ NUMBER($zones, maximumFractionDigits: 0) } ゾーンで最も長い待ちは { NUMBER($wait, minimumFractionDigits: 1, maximumFractionDigits: 1) } 分です。
office-finding-samples = 計測した階の { NUMBER($values, maximumFractionDigits: 0) } 時間のうち、{ NUMBER($gaps, maximumFractionDigits: 0) } は計測値がなく空欄のまま、{ NUMBER($bridged, maximumFractionDigits: 0) } は前後の計測値を結んだ値、{ NUMBER($withheld, maximumFractionDigits: 0) } は人数が少ないため示していません。

office-limit-synthetic = 合成データ: 計測のない階の人数は、床面積と一日の勤務形態と乱数の種から作ったものです。ふつうの一日の見込みで、数えた人数ではありません。来訪者と夜勤は含みません。
office-limit-rule = 用途が公表されていない建物は、高さ { NUMBER($height, maximumFractionDigits: 0) } m 以上、延床 { NUMBER($area, maximumFractionDigits: 0) } m² 以上で、名前が別の用途を示さないものをオフィスとみなします。名前からわからないホテル・住宅・店舗も含まれます。
office-limit-storeys = 階数が公表されていない建物は、1 階あたり { NUMBER($storey, minimumFractionDigits: 1, maximumFractionDigits: 1) } m として数えます。オフィスの階高はこれより高いことが多く、都庁第一本庁舎は 48 階のところ 69 階になります。わかっている階数は office.storeys に書けます。
office-limit-area = 床面積は各階の高さでの立体の断面です。その { NUMBER($share, maximumFractionDigits: 0) } % を執務面積、定員を { NUMBER($density, minimumFractionDigits: 3, maximumFractionDigits: 3) } 人/m²、定員の { NUMBER($staffing, maximumFractionDigits: 0) } % を勤務者とします。地下は含みません。外形しかわからない建物では、31 m より上の階は { NUMBER($prism, maximumFractionDigits: 0) } m² までとします。
office-limit-measured = 計測した階: 欠測は欠測のままで（{ NUMBER($bridge, maximumFractionDigits: 0) } 分までは前後を直線で結びます）、{ NUMBER($least, maximumFractionDigits: 0) } 人未満は示しません。出社率の比較は計測値に比率を掛けたものです。
office-limit-lifts = エレベーターは簡単なモデルです（Barney と dos Santos の一周時間、入口は 1 か所、上りだけ、流体の待ち行列）。台数がわからない建物は建物に合わせて設計するので、実際とは違うことがあります。

### オフィス: エラー。

error-office-no-building = この都市に { $id } という建物はありません
error-office-no-building-remedy = 建物 ID は { $example } のような形です。futago export buildings で一覧できます。
error-office-no-building-here = この場所に建物はありません
error-office-no-building-here-remedy = 建物の輪郭の中の場所を指定してください。
error-office-not-offices = 建物 { $id } はオフィスに数えていません
error-office-not-offices-remedy = 高いオフィスビルを選ぶか、シナリオの office.buildings に書いてください。
error-office-no-offices = { NUMBER($count, maximumFractionDigits: 0) } 棟のうち、ここでオフィスとみなせる建物はありません
error-office-no-offices-remedy = office.rule.min_height_m か min_floor_area_m2 を下げるか、office.area を広げるか、office.buildings に建物を書いてください。
error-office-no-occupancy = 在館者のファイル { $file } が読まれていません
error-office-no-occupancy-remedy = シナリオから見た相対パスで、あるファイルを指定してください。
error-office-other-occupancy = { $file }: { NUMBER($count, maximumFractionDigits: 0) } 棟のうち、この都市にあって対象となる建物はありません
error-office-other-occupancy-remedy = building の列を、この都市の建物 ID（futago export buildings）と比べてください。
error-office-no-dates = 日がありません。["2026-11-24"] のように書いてください
error-office-dates = { NUMBER($found, maximumFractionDigits: 0) } 日あります。多くても { NUMBER($most, maximumFractionDigits: 0) } 日です
error-office-date-twice = { $date } が 2 回あります
error-office-two-areas = と office.area の両方があります。どちらかにしてください
error-office-nothing-compared = 比べるものがありません。attendance か dates を加えてください
error-office-step = { NUMBER($step, maximumFractionDigits: 0) } です。{ NUMBER($minutes, maximumFractionDigits: 1) } 分の期間を割り切り、288 個以下に分けるようにしてください
error-office-order = 順序が違います。出勤・昼の外出・戻り・退勤の順にしてください

error-occupancy-io = { $file }: 読めません（{ $cause }）
error-occupancy-io-remedy = 名前と、読む権限があるかを確かめてください。
error-occupancy-no-column = { $file }: 1 行目に { $column } の列がありません（ある列: { $found }）
error-occupancy-no-column-remedy = 列の名前を building、floor、time、persons にしてください。capacity と area_m2 はなくても構いません。
error-occupancy-two-columns = { $file }: 1 行目に { $column } の列が 2 つあります: { $first } と { $second }
error-occupancy-two-columns-remedy = どちらかの名前を変えるか、消してください。
error-occupancy-broken = { $file }: { $place }: 壊れているか、CSV でも Parquet でもありません
error-occupancy-broken-remedy = 取り直すか、CSV か Parquet で書き直してください。
error-occupancy-too-large = { $file }: { NUMBER($limit, maximumFractionDigits: 0) } を超えるものは読みません（{ $name }）
error-occupancy-too-large-remedy = ファイルを分けてください。
error-occupancy-nothing-usable = { $file }: { NUMBER($rows, maximumFractionDigits: 0) } 行のうち使える行がありません
error-occupancy-nothing-usable-remedy = 各行に building、floor（3、B1）、time（2026-11-24 09:00）、persons（人数）が必要です。
office-origin-made = 合成データ：床面積と架空の平日によるオフィスの人数
office-origin-measured = 計測した在館人数 { $name }

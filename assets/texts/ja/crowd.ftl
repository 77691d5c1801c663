### 人の混雑：量、表、列。

quantity-crowd-density = 1 m² あたりの人数
quantity-crowd-street-density = 通路 1 m² あたりの人数
quantity-crowd-street-flow = 通路の 1 時間あたりの人数

view-on-streets = 通路

table-crowd-streets = 通路ごとの人数
column-street-id = 通路の番号
column-street-name = 通り
column-street-kind = 種類
column-street-length-m = 長さ
column-street-width-m = 幅
column-persons-h = 1 時間の人数
column-persons-after-h = 変更後の 1 時間の人数
column-persons-change-h = 増減
column-density-m2 = 1 m² の人数
column-density-after-m2 = 変更後の 1 m² の人数
column-fruin-level = サービス水準
column-fruin-level-after = 変更後の水準

### 人の混雑：手順、図、結果、限界。

step-crowd-assign = 人の経路
step-crowd-density = 通路の混雑

crowd-figure-density = 通路にいる人（{ $date }）
crowd-figure-density-what-if = 変更後に通路にいる人（{ $date }）
crowd-figure-density-difference = 変更による混雑の増減（{ $date }）

crowd-finding-streets = { $when }：この範囲の屋外の通路には { NUMBER($persons, maximumFractionDigits: 0) } 人がいます。最も混むのは { $street } で、1 m² あたり { NUMBER($density, minimumFractionDigits: 2, maximumFractionDigits: 2) } 人（水準 { $level }）です。水準 D 以下の通路は { NUMBER($length, maximumFractionDigits: 0) } m です。
crowd-finding-change = { $when }：この変更で、1 時間に { NUMBER($notable, maximumFractionDigits: 0) } 人以上増える区間は { NUMBER($more, maximumFractionDigits: 0) }、同じだけ減る区間は { NUMBER($less, maximumFractionDigits: 0) } です。水準が悪くなる区間は { NUMBER($worse, maximumFractionDigits: 0) }、良くなる区間は { NUMBER($better, maximumFractionDigits: 0) } です。最も増えるのは { $street } で、1 時間に { NUMBER($persons, maximumFractionDigits: 0) } 人増えます。歩く時間の平均は { NUMBER($before, minimumFractionDigits: 1, maximumFractionDigits: 1) } 分から { NUMBER($after, minimumFractionDigits: 1, maximumFractionDigits: 1) } 分になります。
crowd-finding-fit = { $when }：行き先の表を { NUMBER($counted, maximumFractionDigits: 0) } か所の人数に合わせました。ずれは 1 時間に { NUMBER($before, maximumFractionDigits: 0) } 人から { NUMBER($after, maximumFractionDigits: 0) } 人になりました。
crowd-finding-unreached = { $when }：1 時間に { NUMBER($persons, maximumFractionDigits: 0) } 人は行き先への道がないため、除きました。
crowd-finding-synthetic = 合成データ：実測ではありません。駅の出入口と建物の間を行き来する架空の平日から作った人数です。

crowd-limit-static = 時刻ごとに釣り合った状態として計算します。列が隣の通路まで延びることはなく、だれもが最も早い道を知っているとします。通路の容量の 95 % を超えると、歩く時間は接線で延ばします。
crowd-limit-ways = 信号、集団、買い物、待ち合わせは含みません。階段は上りと下りを同じ時間とします。通路の幅は歩行者ネットワークの値で、多くは種類から仮定したものです。
crowd-limit-density = 混雑は、通路の幅と数メートルの長さの平均です。上下に重なる通路は合計で表します。建物の中と地下の人は表しません。
crowd-limit-demand = 通路の人数だけでは行き先は分かりません。出入口と建物の間の表は重力モデルで最もありそうなものです。同じ人数になる別の表では、変更の答えが変わることがあります。
crowd-limit-synthetic = 人数は合成データです。分布は床面積と出入口から、総数はシナリオから決めています。測定値ではありません。
crowd-limit-pivot = 変更後の人数は、測定値にモデルの増減を足したものです。公表された人数のない通路は、モデルの値だけを示します。

### 人の混雑：誤り。

error-crowd-range = { $key } は { $value } です。{ $low } から { $high } までにしてください
error-crowd-grid-cells = 格子の点が { NUMBER($cells, maximumFractionDigits: 0) } 個あります（最大 { NUMBER($most, maximumFractionDigits: 0) } 個）
error-crowd-grid-cells-remedy = crowd.spacing_m を大きくするか、範囲を小さくしてください。
error-crowd-times = crowd.at の時刻が { NUMBER($count, maximumFractionDigits: 0) } 個です。1 から { NUMBER($most, maximumFractionDigits: 0) } 個にしてください
error-crowd-times-remedy = 例：at = ["08:30", "12:00"]
error-crowd-what-to-close = crowd.what_if.close に、何を閉じるかがありません
error-crowd-what-to-close-remedy = street、link、polygon のうち一つだけを書いてください。
error-crowd-corners = { $key } の角が三つより少なくなっています
error-crowd-no-street = { $name } という通りや通路は、この都市にありません
error-crowd-no-street-remedy = あるものの例：{ $example }
error-crowd-far = { $name } から最も近い通路まで { NUMBER($away, maximumFractionDigits: 0) } m あります
error-crowd-far-remedy = 通路から { NUMBER($most, maximumFractionDigits: 0) } m 以内の場所にしてください。
error-crowd-outside = crowd.area はこの都市の外にあります
error-crowd-outside-remedy = 中心を都市のデータの中にしてください。
error-crowd-no-network = この都市には歩行者の通路がありません
error-crowd-no-network-remedy = 歩行者ネットワークのあるパックを開くか、OpenStreetMap を取り込んでください。
error-crowd-other-network = 人数のデータが別の歩行者ネットワークのものです（{ NUMBER($found, maximumFractionDigits: 0) } 件、必要なのは { NUMBER($wanted, maximumFractionDigits: 0) } 件）
error-crowd-other-network-remedy = この都市で軌跡を取り込み直してください。
error-crowd-place = { $key } はこの都市の座標系の場所ではありません
error-crowd-place-remedy = 経度、緯度の順に度で書いてください。

# 人数のデータ（.flow）と経路への対応づけ
error-flow-io = { $file }: { $cause }
error-flow-io-remedy = フォルダがあるか、読み書きできるかを確かめてください。
error-flow-not-flows = { $file } は .flow ファイルではありません
error-flow-not-flows-remedy = 先に軌跡を取り込む（futago import tracks）か、.flow ファイルを指定してください。
error-flow-newer = { $file } は新しい版の Futago で書かれています
error-flow-newer-remedy = Futago を更新してください。
error-flow-damaged = { $file } は壊れているか、途中で切れています
error-flow-damaged-remedy = もう一度コピーするか、軌跡を取り込み直してください。
error-flow-invalid = { $file } の内容がありえないものか、古い版です
error-flow-invalid-remedy = 軌跡を取り込み直してください。
error-flow-bin-length = { NUMBER($minutes, maximumFractionDigits: 0) } 分ごとには数えられません
error-flow-bin-length-remedy = 15 分か 60 分にしてください。
error-flow-period-count = 期間が { NUMBER($count, maximumFractionDigits: 0) } 個あります
error-flow-period-count-remedy = 1 個から 16 個にしてください。
error-flow-period-length = 期間 { $name } は空か、10 年を超えています
error-flow-period-length-remedy = 早い日を先に書いてください。例：before=2020-01-01..2020-01-31
error-flow-overlap = 期間 { $first } と { $second } が重なっていて、同じ日を二度数えます
error-flow-overlap-remedy = 期間ごとに別の日を指定してください。
error-flow-no-date = { $text } は日付ではありません
error-flow-no-date-remedy = 2020-04-01 のように書いてください。
error-flow-grids = この格子では数えられません
error-flow-grids-remedy = 一辺 5 から 10,000 m の正方形か、8 から 11 桁のメッシュを、8 個までにしてください。
error-flow-smallest-count = 1 区分 { NUMBER($k, maximumFractionDigits: 0) } 人では、誰も守れないか、何も残りません
error-flow-smallest-count-remedy = { NUMBER($least, maximumFractionDigits: 0) } 人から { NUMBER($most, maximumFractionDigits: 0) } 人にしてください。
error-flow-expansion = 数えた 1 人を { $factor } 人とみなすことはできません
error-flow-expansion-remedy = 0.000001 から 1,000,000 の倍率にしてください。
error-matching-columns = 点の列の長さがそろっていません
error-matching-columns-remedy = どの列も id と同じ数だけ渡してください。
error-matching-order = { NUMBER($at, maximumFractionDigits: 0) } 番目の点の順番が違います
error-matching-order-remedy = id、時刻の順に並べてください。
error-matching-track-too-long = 一つの id に { NUMBER($limit, maximumFractionDigits: 0) } 個を超える点があります
error-matching-track-too-long-remedy = 日ごとに別の id にするか、点を間引いてください。
error-matching-no-network = この都市には、点を対応づける歩行者の通路がありません
error-matching-no-network-remedy = 歩行者ネットワークのあるパックを開くか、OpenStreetMap を取り込んでください。
error-matching-frame = この都市の座標は扱えません: { $cause }
error-matching-frame-remedy = 日本の平面直角座標系で都市を作り直してください。

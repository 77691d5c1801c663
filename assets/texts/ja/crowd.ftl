### 人の混雑：量、表、列。

quantity-crowd-density = 1 m² あたりの人数
quantity-crowd-street-density = 通路 1 m² あたりの人数
quantity-crowd-street-flow = 通路の 1 時間あたりの人数
quantity-crowd-street-level = 通路のサービス水準
quantity-crowd-counted-flow = 1 時間の人数（計測）
quantity-crowd-counted-flow-synthetic = 1 時間の人数（合成データ）
quantity-crowd-counted-density = 通路 1 m² あたりの人数（計測）
quantity-crowd-counted-density-synthetic = 通路 1 m² あたりの人数（合成データ）
quantity-crowd-counted-level = サービス水準（計測）
quantity-crowd-counted-level-synthetic = サービス水準（合成データ）

view-on-streets = 通路
level-of-service-a = A 自由
level-of-service-b = B やや混む
level-of-service-c = C 速さが制限
level-of-service-d = D 多くが自由に歩けない
level-of-service-e = E すり足
level-of-service-f = F 停滞

table-crowd-streets = 通路ごとの人数
column-street-id = 通路の番号
column-street-name = 通り
column-street-kind = 種類
column-street-length-m = 長さ
column-street-width-m = 幅
column-persons-h = 1 時間の人数
column-persons-after-h = 1 時間の人数（後）
column-persons-change-h = 増減
column-density-m2 = 1 m² の人数
column-density-after-m2 = 1 m² の人数（後）
column-fruin-level = サービス水準
column-fruin-level-after = サービス水準（後）
table-crowd-counted-streets = 人数または増減の多い通路
table-crowd-counted-hours = この範囲の一日（人数が公表された通路）
column-persons-low-h = 少なくとも
column-persons-high-h = 多くとも
column-persons-low-after-h = 少なくとも（後）
column-persons-high-after-h = 多くとも（後）
column-persons-walking = 同時に歩く人数
column-persons-walking-after = 同時に歩く人数（後）
column-streets-published = 人数のある通路
column-streets-published-after = 人数のある通路（後）
column-crowded-m = 水準 D 以下の長さ
column-crowded-after-m = 水準 D 以下の長さ（後）
column-ratio = 比（後／前）
column-ratio-low = 比（少なくとも）
column-ratio-high = 比（多くとも）

### 人の混雑：手順、図、結果、限界。

step-crowd-assign = 人の経路
step-crowd-density = 通路の混雑
step-crowd-counted = 通路の人数

crowd-figure-density = 通路にいる人（{ $date }）
crowd-figure-density-what-if = 変更後に通路にいる人（{ $date }）
crowd-figure-density-difference = 変更による混雑の増減（{ $date }）
crowd-figure-streets = 通路のサービス水準（{ $date }）。線は人数が多いほど太い
crowd-figure-streets-difference = 変更による通路の人数の増減（{ $date }）
crowd-figure-counted = { $days ->
    [weekday] 平日 { $hours } の通路のサービス水準。線は人数が多いほど太い
   *[holiday] 土日と祝日 { $hours } の通路のサービス水準。線は人数が多いほど太い
}
crowd-figure-counted-change = { $days ->
    [weekday] 平日 { $hours } の人数の増減（{ $before } から { $after }）
   *[holiday] 土日と祝日 { $hours } の人数の増減（{ $before } から { $after }）
}

crowd-finding-streets = { $when }：この範囲の屋外の通路には { NUMBER($persons, maximumFractionDigits: 0) } 人がいます。最も混むのは { $street } で、1 m² あたり { NUMBER($density, minimumFractionDigits: 2, maximumFractionDigits: 2) } 人（水準 { $level }）です。水準 D 以下の通路は { NUMBER($length, maximumFractionDigits: 0) } m です。
crowd-finding-change = { $when }：この変更で、1 時間に { NUMBER($notable, maximumFractionDigits: 0) } 人以上増える区間は { NUMBER($more, maximumFractionDigits: 0) }、同じだけ減る区間は { NUMBER($less, maximumFractionDigits: 0) } です。水準が悪くなる区間は { NUMBER($worse, maximumFractionDigits: 0) }、良くなる区間は { NUMBER($better, maximumFractionDigits: 0) } です。最も増えるのは { $street } で、1 時間に { NUMBER($persons, maximumFractionDigits: 0) } 人増えます。歩く時間の平均は { NUMBER($before, minimumFractionDigits: 1, maximumFractionDigits: 1) } 分から { NUMBER($after, minimumFractionDigits: 1, maximumFractionDigits: 1) } 分になります。
crowd-finding-fit = { $when }：行き先の表を { NUMBER($counted, maximumFractionDigits: 0) } か所の人数に合わせました。ずれは 1 時間に { NUMBER($before, maximumFractionDigits: 0) } 人から { NUMBER($after, maximumFractionDigits: 0) } 人になりました。
crowd-finding-unreached = { $when }：1 時間に { NUMBER($persons, maximumFractionDigits: 0) } 人は行き先への道がないため、除きました。
crowd-finding-synthetic = 合成データ：実測ではありません。駅の出入口と建物の間を行き来する架空の平日から作った人数です。
crowd-finding-counted = { $before } の{ $days ->
    [weekday] 平日
   *[holiday] 土日と祝日
}、{ $hours }：最も人が多いのは { $street } で、1 時間に { NUMBER($persons, maximumFractionDigits: 0) } 人（95 % の範囲は { NUMBER($low, maximumFractionDigits: 0) }〜{ NUMBER($high, maximumFractionDigits: 0) } 人）、1 m² あたり { NUMBER($density, minimumFractionDigits: 2, maximumFractionDigits: 2) } 人（水準 { $level }）です。人数のある通路では同時に { NUMBER($walking, maximumFractionDigits: 0) } 人が歩いています。水準 D 以下の通路は { NUMBER($length, maximumFractionDigits: 0) } m です。
crowd-finding-counted-none = { $before }、{ $hours }：この範囲には人数が公表された通路がありません。
crowd-finding-counted-change = { $hours }、{ $before } から { $after }：どちらにも人数がある { NUMBER($both, maximumFractionDigits: 0) } 区間で、歩かれた距離は { NUMBER($percent, minimumFractionDigits: 1, maximumFractionDigits: 1) } % 変わりました。95 % の範囲を超えて減ったのは { NUMBER($fewer, maximumFractionDigits: 0) } 区間、増えたのは { NUMBER($more, maximumFractionDigits: 0) } 区間です。ほかに { NUMBER($gone, maximumFractionDigits: 0) } 区間は前だけに人数があり、その減少はこの数字に含みません。
crowd-finding-counted-no-change = { $hours }：前後のどちらにも人数がある通路は、この範囲にありません。
crowd-finding-counted-withheld = ファイル全体で約 { NUMBER($count, maximumFractionDigits: 0) } 件（通路と時間帯）は、{ NUMBER($k, maximumFractionDigits: 0) } 人未満のおそれがあるため公表していません。値がないのであって、0 人ではありません。
crowd-finding-counted-synthetic = 合成データ：公開された方法で作った軌跡で、実測ではありません。

crowd-limit-static = 時刻ごとに釣り合った状態として計算します。列が隣の通路まで延びることはなく、だれもが最も早い道を知っているとします。通路の容量の 95 % を超えると、歩く時間は接線で延ばします。
crowd-limit-ways = 信号、集団、買い物、待ち合わせは含みません。階段は上りと下りを同じ時間とします。通路の幅は歩行者ネットワークの値で、多くは種類から仮定したものです。
crowd-limit-density = 混雑は、通路の幅と数メートルの長さの平均です。上下に重なる通路は合計で表します。建物の中と地下の人は表しません。
crowd-limit-demand = 通路の人数だけでは行き先は分かりません。出入口と建物の間の表は重力モデルで最もありそうなものです。同じ人数になる別の表では、変更の答えが変わることがあります。
crowd-limit-synthetic = 人数は合成データです。分布は床面積と出入口から、総数はシナリオから決めています。測定値ではありません。
crowd-limit-pivot = 変更後の人数は、測定値にモデルの増減を足したものです。公表された人数のない通路は、モデルの値だけを示します。
crowd-limit-counted-floor = 最も多い日に { NUMBER($k, maximumFractionDigits: 0) } 人以上いた通路と時間帯だけを、雑音を加えて公表しています。合計はその分だけで、静かな通路は含みません。
crowd-limit-counted-width = 密度と水準は、1 時間と通路の幅の平均です。幅の多くは種類から仮定したもので、短い時間の混雑はこれより高くなります。
crowd-limit-counted-interval = 範囲は人が互いに独立と仮定し、雑音と隣の通路への誤りを含みますが、拡大係数の誤差は含みません。一緒に歩く人が多いと実際の範囲は広くなります。
crowd-limit-counted-expansion = 人数は { NUMBER($factor, maximumFractionDigits: 3) } 倍に拡大しています（{ $basis }）。
crowd-limit-counted-synthetic = 軌跡は合成データです。総数は公表値に、経路はモデルに従います。測定値ではありません。

### 人の混雑：誤り。

error-crowd-grid-cells = 格子の点が { NUMBER($cells, maximumFractionDigits: 0) } 個あります（最大 { NUMBER($most, maximumFractionDigits: 0) } 個）
error-crowd-grid-cells-remedy = crowd.spacing_m を大きくするか、範囲を小さくしてください。
error-crowd-times = crowd.at の時刻が { NUMBER($count, maximumFractionDigits: 0) } 個です。1 から { NUMBER($most, maximumFractionDigits: 0) } 個にしてください
error-crowd-times-remedy = 例：at = ["08:30", "12:00"]
error-crowd-what-to-close = crowd.what_if.close に、何を閉じるかがありません
error-crowd-what-to-close-remedy = street、link、polygon のうち一つだけを書いてください。
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
error-crowd-no-flows = crowd.flows の { $name } は読まれていません
error-crowd-no-flows-remedy = .flow のファイル、"built-in"、"synthetic" のいずれかを書いてください。
error-crowd-no-period = この人数のデータに { $name } という期間はありません
error-crowd-no-period-remedy = ある期間：{ $known }
error-crowd-counts-without-flows = crowd.counts には数えた人数のデータが必要です
error-crowd-counts-without-flows-remedy = crowd.flows に .flow のファイルか "built-in" を書くか、crowd.counts を消してください。
error-crowd-change-without-model = crowd.what_if にはモデルが必要ですが、crowd.counts は人数だけを求めています
error-crowd-change-without-model-remedy = crowd.counts の only と compare、または crowd.what_if を消してください。
error-crowd-nothing-published = { $period } のその種類の日に、人数が公表された通路がこの範囲にありません
error-crowd-nothing-published-remedy = 別の期間や日の種類、または広い範囲を選んでください。
error-crowd-no-count-near = この場所から { NUMBER($most, maximumFractionDigits: 0) } m 以内に、人数が公表された通路がありません
error-crowd-no-count-near-remedy = 人の多い通りに場所を移すか、別の種類の日を選んでください。

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
crowd-origin-made = 合成データ：架空の平日による通路の人数
crowd-origin-built-in = 内蔵の人流（.flow）
crowd-origin-flows = 人流 { $name }

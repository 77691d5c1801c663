### 日照：量、表、列、線。

quantity-sun-hours = 日照時間
quantity-shadow = 日影
quantity-sky-view = 天空形態係数
quantity-irradiance-direct = 直達日射
quantity-irradiance-diffuse = 散乱日射
quantity-irradiance-global = 全天日射
quantity-shadow-hours = 日影時間
quantity-sun-hours-loss = 日照時間の変化
quantity-shadow-no = 日なた
quantity-shadow-yes = 日影

table-buildings = 建物ごとの日照
table-changes = 日照が増減する建物
table-probes = 観測点の日照
table-hours = 時刻ごとの日照
table-regulation = 日影規制
points-roofs = 屋根
points-walls = 外壁
points-probes = 観測点

column-building-id = 建物
column-id = 建物
column-name = 名称
column-name-ja = 名称
column-name-en = 名称
column-height-m = 高さ
column-area-m2 = 面積
column-sun-hours-h = 日照
column-sun-hours = 日照
column-shadow-hours-h = 日影
column-shadow-hours = 日影
column-sky-view = 天空形態係数
column-loss-h = 変化
column-before-h = 現況
column-after-h = 変更後
column-difference-h = 差
column-hour = 時
column-time = 時刻
column-probe = 観測点
column-limit-h = 制限
column-lon-deg = 経度
column-lat-deg = 緯度
column-east-m = 東
column-north-m = 北
column-irradiation-kwh = 日射量
column-irradiation-kwh-m2 = 面積あたり日射量
column-ok = 制限内

lines-iso-shadow = 等時間日影線
lines-limits = 測定線
lines-boundary = 敷地境界線
lines-violations = 制限を超える範囲
lines-shadow-outlines = 日影の輪郭

### 日照：処理、図、結果の文、限界

step-sun-hours-ground = 地面の日照時間
step-shadow-ground = 地面の日影
step-sky-ground = 地面の天空形態係数
step-sun-hours-surfaces = 屋根と壁の日照時間
step-shadow-surfaces = 屋根と壁の日影
step-sky-surfaces = 屋根と壁の天空形態係数
step-equal-time = 等時間日影

sunlight-figure-sun-hours = 地面に直射日光が当たる時間（{ $when }）
sunlight-figure-shadows = 地面の日影（時刻ごと）
sunlight-figure-sky-view = 地面から見える空の割合
sunlight-figure-irradiation = 地面の快晴時の日射量（{ $when }）
sunlight-figure-walls = 壁に直射日光が当たる時間（{ $when }）
sunlight-figure-roofs = 屋根に直射日光が当たる時間（{ $when }）
sunlight-figure-difference = 変更による日照時間の増減（{ $when }）
sunlight-figure-equal-time = { $building } だけの等時間日影（地面から { NUMBER($plane, minimumFractionDigits: 1, maximumFractionDigits: 1) } m の水平面）
sunlight-figure-equal-time-all = 周囲の建物も含めた日影時間（地面から { NUMBER($plane, minimumFractionDigits: 1, maximumFractionDigits: 1) } m の水平面）

sunlight-finding-ground = 屋外の地面に直射日光が当たるのは平均 { NUMBER($mean, minimumFractionDigits: 1, maximumFractionDigits: 1) } 時間です（{ $when }）。まったく当たらない地面は { NUMBER($none, maximumFractionDigits: 0) } %、2 時間に満たない地面は { NUMBER($under, maximumFractionDigits: 0) } % です。
sunlight-finding-probe = { $name }：直射日光は { NUMBER($hours, minimumFractionDigits: 1, maximumFractionDigits: 1) } 時間です。
sunlight-finding-probe-inside = { $name }：建物 { $building } の中にあるため、日照はありません。数メートル動かすか、屋根より高い高さを指定してください。
sunlight-finding-change = この変更で、日照が { NUMBER($notable, maximumFractionDigits: 0) } 分以上減る屋外の地面は { NUMBER($lost, maximumFractionDigits: 0) } m²、同じだけ増える地面は { NUMBER($gained, maximumFractionDigits: 0) } m² です。最も大きい減少は { NUMBER($worst, minimumFractionDigits: 1, maximumFractionDigits: 1) } 時間です（{ $when }）。
sunlight-finding-within = 日影規制：{ $building }（高さ { NUMBER($height, maximumFractionDigits: 1) } m）は規制値に収まります。{ NUMBER($plane, minimumFractionDigits: 1, maximumFractionDigits: 1) } m の水平面で、日影は境界線から 5 m〜10 m で最長 { NUMBER($near, minimumFractionDigits: 1, maximumFractionDigits: 1) } 時間（規制 { NUMBER($near_limit, maximumFractionDigits: 1) } 時間）、10 m を超える範囲で最長 { NUMBER($far, minimumFractionDigits: 1, maximumFractionDigits: 1) } 時間（規制 { NUMBER($far_limit, maximumFractionDigits: 1) } 時間）です。
sunlight-finding-over = 日影規制：{ $building }（高さ { NUMBER($height, maximumFractionDigits: 1) } m）は規制値を超えます。{ NUMBER($plane, minimumFractionDigits: 1, maximumFractionDigits: 1) } m の水平面で、日影は境界線から 5 m〜10 m で最長 { NUMBER($near, minimumFractionDigits: 1, maximumFractionDigits: 1) } 時間（規制 { NUMBER($near_limit, maximumFractionDigits: 1) } 時間）、10 m を超える範囲で最長 { NUMBER($far, minimumFractionDigits: 1, maximumFractionDigits: 1) } 時間（規制 { NUMBER($far_limit, maximumFractionDigits: 1) } 時間）です。規制時間以上の日影となる面積は { NUMBER($area, maximumFractionDigits: 0) } m² です。規制は対象区域の中だけに適用されます。
sunlight-finding-not-judged = 日影規制：{ $building } の高さは { NUMBER($height, maximumFractionDigits: 1) } m で、この区域では規制の対象になりません。日影は境界線から 5 m〜10 m で最長 { NUMBER($near, minimumFractionDigits: 1, maximumFractionDigits: 1) } 時間、10 m を超える範囲で最長 { NUMBER($far, minimumFractionDigits: 1, maximumFractionDigits: 1) } 時間です。

sunlight-time-solstice = 冬至の真太陽時 8:00〜16:00

sunlight-limit-ground = 地面は平らとしています。坂、掘り下げた道路、段差はモデルにありません。都庁周辺では道路の高さが約 6 m 異なります。
sunlight-limit-prisms = 建物は上面が平らな柱として扱います。橋とデッキは公開された形の影を含みます。傾いた屋根、バルコニー、樹木の影は含みません。
sunlight-limit-edition = 建物は 2020 年度のデータです。3 km 四方の外の建物の影は含みません。
sunlight-limit-point-sun = 太陽は点として扱います。実際の影の縁のぼけ（距離 100 m につき約 0.9 m）は表しません。雲はモデルにありません。
sunlight-limit-sky = 天空形態係数は等間隔の方位で数えます。壁や地面からの反射光は含みません。
sunlight-limit-clear-sky = 日射量は雲のない空（Ineichen・Perez 2002）で、シナリオの混濁係数によります。
sunlight-limit-equal-time = この日影の判定は計画の目安であり、法的な書類ではありません。区域と規制値はシナリオによるもので、地面は平らとし、境界線は指定がなければ建物の外形とし、道路や川などの緩和は適用していません。

table-faces-roofs = 屋根ごとの日照
table-faces-walls = 壁面ごとの日照
table-buildings-roofs = 建物ごとの屋根の日照
table-buildings-walls = 建物ごとの壁の日照
table-faces-roofs-what-if = 屋根ごとの日照（変更後）
table-faces-walls-what-if = 壁面ごとの日照（変更後）
table-buildings-roofs-what-if = 建物ごとの屋根の日照（変更後）
table-buildings-walls-what-if = 建物ごとの壁の日照（変更後）
table-probes-what-if = 地点の日照（変更後）
table-violations = 規制時間以上の日影となる場所
column-face = 面
column-azimuth-deg = 向き
column-distance-m = 境界線からの距離
lines-equal-time-lines = 等時間日影線
lines-distance-lines = 5 m・10 m の線
lines-site-boundary = 敷地境界線

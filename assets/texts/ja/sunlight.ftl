### 日照：量、表、列、線。

quantity-sun-hours = 日照時間
quantity-shadow = 日影
quantity-sky-view = 天空率（形態係数）
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
column-sky-view = 天空率
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

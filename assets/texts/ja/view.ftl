### 計画担当者の画面。

view-window-title = 双子 Futago – 西新宿
view-title = 双子 Futago
view-other-language = English
view-dark = 暗色
view-light = 明色

## レイヤー

view-layers = 表示
view-layer-buildings = 建物
view-layer-structures = 橋・歩行者デッキ
view-layer-streets = 道路・鉄道
view-layer-areas = 公園・水面
view-layer-labels = 主な建物の名前
view-layer-field = 計算結果
view-colour-by = 色分け
view-colour-nothing = なし
view-colour-height = 高さ
view-colour-footprint = 建築面積
view-colour-flood = 浸水深
view-least-height = 灰色にする高さ未満
view-opacity = レイヤーの濃さ
view-streets-on-top = 道路を結果の上に描く

## 日照

view-sunlight = 日当たり
view-ask-sun-hours = 地上の日照時間
view-ask-facades = 壁面・屋根の日照時間
view-ask-sky-view = 地上の天空率(空の見える割合)
view-ask-equal-time = 等時間日影(日影規制)
view-ask-shadows = 一日の日影の動き
view-picture-step = 間隔(時刻)
view-time-before = 結果の前の時刻へ
view-time-after = 結果の次の時刻へ
view-over-time = クリックした地点の一日
view-over-time-hint = 地点をクリックすると、一日の値が見られます。
view-over-time-none = クリックした地点には値がありません。
view-ask-needs-building = 先に建物をクリックしてください。1棟についての計算です。
view-zone = 区域
view-zone-low = 低層住居専用(1.5 m、3 h・2 h)
view-zone-mid = 中高層住居専用(4 m、3 h・2 h)
view-zone-mixed = 住居・近隣商業・準工業(4 m、4 h・2.5 h)
view-hours = 時間帯(日本時間)
view-side = 範囲
view-spacing = 間隔
view-compute = 計算する
view-computing = 計算中
view-remaining = 残り { $time }
view-cancel = 中止
view-failed = 結果が得られませんでした: { $why }
view-failed-plain = { $why }
view-here = 指した場所: { $value }
view-point = 街を指すと値を表示します。
view-on-ground = 地上
view-on-probes = 測定点
view-on-walls = 壁面
view-on-roofs = 屋根
view-field-shadow-hours-own = この建物による日影時間
view-field-shadow-hours-all = 周囲の建物を含む日影時間
view-field-none = 結果を表示しない
view-findings = 結果の要点と表
view-limits = モデルの限界
view-rows = { $all } 行のうち { $shown } 行
view-mean = { $name }: 平均 { $value }

## 混雑とオフィス

view-crowd = 混雑
view-crowd-synthetic = 合成データ: 実際に数えた人数ではありません。
view-crowd-now = 時計の時刻 { $time }
view-crowd-day = 一日
view-crowd-workers = 新しい建物で働く人も歩く
view-crowd-closed = 通行止め: { $street }
view-crowd-event = 催し
view-crowd-click = 通りをクリックすると、通行止めや催しを試せます。
view-crowd-close-stretch = この区間を通行止め
view-crowd-close-street = 「{ $street }」を通行止め
view-crowd-gather = ここで催し
view-crowd-marks = 歩く印は1つで約 { $people } 人(合成)。向きは半々、実際より速く歩きます。
view-crowd-model = モデル
view-crowd-counted = 計測
view-crowd-counted-synthetic = 前後の例(合成)
view-inside-day = この建物の一日
view-inside-floors = 階ごと
view-inside-floor = 階
view-inside-persons = 人数
view-inside-level = 割合
view-inside-street = いちばん人の多い隣の通り: { $street }
view-inside-street-unnamed = 名前のない通り
view-layer-people = 歩く人
view-legend-more = 右端の色は、その値以上です。
view-legend-more-both = 両端の色は、その値とそれを超える値です。
view-unit-persons-m2 = 人/m²
view-unit-persons-h = 人/時
view-office = オフィス
view-office-synthetic = 合成データ: 面積と勤務時間から作った人数です。
view-ask-office-city = 街全体
view-ask-office-building = 選んだ建物
view-office-attendance = 出社率
view-office-after = 比べる出社率
view-office-storeys = 地上階数
view-office-model = モデル（合成データ）
view-office-measured = 計測値
view-office-open = 計測ファイルを開く …
view-office-opened = { $file } を開きました: { $floors } 階分の計測値。{ $left ->
    [0] すべての行を読みました。
   *[other] { $left } 行は使えませんでした。
  }
view-office-apart = 階を離す

## 時計

view-play = 再生
view-pause = 停止
view-now = いま
view-minutes-a-second = { " " }分/秒
view-day-winter = 冬至
view-day-equinox = 春分
view-day-summer = 夏至
view-day-winter-short = 冬至
view-day-equinox-short = 春分
view-day-summer-short = 夏至
view-sun = 太陽高度 { $altitude }°、方位 { $azimuth }°(座標北から右回り)
view-sun-down = 太陽は沈んでいます({ $altitude }°)

## 建物

view-building = 建物
view-building-unknown = この建物は街にありません。
view-building-removed = この建物は検討案で撤去されています。
view-building-changed = 検討案で変更・新築した建物です。
view-structure-bridge = 橋
view-structure-deck = 歩行者デッキ・歩道橋
view-structure-other = 構造物
view-fact-kind = 種類
view-fact-deck-top = 最高部の高さ（地面から）
view-fact-foot = 下の地面の標高
view-structure-ground-assumed = 足元が公開データにないため、下の地面の標高は近くの橋から推定しました。
view-structure-thickness-assumed = 床版の下面が公開データにないところは、厚さを仮定しています。
view-height-assumed = 高さは仮定値です(元データに記載なし)。
view-storeys-estimated = 階数は高さからの推定です(1階 3.8 m)。
view-close = 閉じる
view-fact-id = ID
view-fact-name = 名称
view-fact-height = 高さ
view-fact-top = 最高の屋根
view-fact-storeys = 階数
view-fact-area = 建築面積
view-fact-pieces = 屋根の数
view-fact-flood = 浸水深
view-fact-town = 町字コード
view-spot = クリックした場所の日当たり
view-spot-hint = 街のどこかをクリックしてください。
view-spot-ask = いつ日が当たりますか
view-spot-hours = { $date } に直射日光が { $hours } 時間当たります(現況)
view-axis-hour = 時(日本時間)
view-axis-altitude = 太陽高度(°)

## 検討案

view-what-if = もし変えたら
view-remove = 撤去
view-restore = 元に戻す
view-restore-all = 街全体を現況に戻す
view-west = 西
view-east = 東
view-south = 南
view-north = 北
view-up = 高さ
view-turn-left = 左回り
view-turn-right = 右回り
view-draw = 建物を加える
view-draw-hint = 地面に建物の角を順にクリックしてください。
view-draw-done = 建てる
view-before = 現況
view-after = 検討案
view-swipe = 現況と検討案を左右で比べる
view-swipe-empty = 建物を変えると比べられます。

## 道具

view-undo = 戻す
view-redo = やり直す
view-measure = 計測
view-measure-hint = 測る場所を順にクリック。Escで終わります。
view-measured = 長さ { $length }、高低差 { $rise }
view-measured-area = 面積 { $area }
view-underground = 地下
view-below-floor = { $level }: { $height } m
view-below-floor-assumed = { $level }: { $height } m(仮定)
view-below-fixtures = 柱・壁
view-below-corridor = 歩行経路
view-below-stairs = 階段
view-below-escalator = エスカレーター
view-below-lift = エレベーター
view-below-subway = 地下鉄: { $height } mに作図(元データに深さなし)
view-below-tunnel = 道路トンネル: { $height } mに作図(同上)
view-search = 検索
view-search-hint = 建物・道路・避難所・35.69, 139.70・リンク・操作
view-search-nothing = 見つかりません
view-table = 一覧
view-table-title = 建物の一覧
view-filter = 絞り込み
view-view = 見え方
view-help = 使い方

## 見え方

view-preset-towers = 超高層街区
view-preset-above = 真上
view-preset-street = 街路
view-preset-horizon = 遠望
view-bookmark = 視点
view-keep = この視点を残す
view-forget = 消す
view-section = 範囲で切り取る
view-scale = 画面の文字の大きさ
view-quality = 画質
view-quality-automatic = 自動
view-quality-full = 最高
view-quality-light = 影なし
view-quality-stepped = 描画が遅いため、動いている間は簡略に描いています。

## メモ

view-note = メモ
view-notes = メモ一覧
view-note-new = 新しいメモ
view-note-none = メモはまだありません。
view-note-hint = メモを付ける場所をクリックしてください。
view-note-text = ここに書き込みます
view-note-go = ここへ移動

## 歩く

view-walk = 歩く
view-walk-hint = 立ちたい場所をクリックしてください。
view-walking-hint = ドラッグで見回し、W A S D で歩き、G かホイールで終わります。

## 画像と動画

view-picture-pane = 画像と動画
view-picture-panels = パネルも写す
view-save-film = 動画を保存 …
view-size-window = ウィンドウと同じ
view-size-hd = 1920 × 1080
view-size-4k = 3840 × 2160
view-size-a4 = A4(300 dpi)
view-size-a3 = A3(300 dpi)
view-size-own = 指定した大きさ
view-film = 一日の動画
view-film-step = 1コマの間隔
view-film-note = { $frames } コマ(PNG)。ffmpeg があれば動画ファイルも作ります。
view-film-progress = { $all } コマ中 { $done } コマ
view-film-saved = 動画とコマ: { $file }
view-film-frames = コマ: { $file }
view-caption-changed = 変更・新築した建物を含みます(検討案)。
view-caption-limits = 水平な地面に立つ直方体の街です。窓は目安です。

## ファイル

view-file = ファイル
view-save = 保存
view-save-picture = 画像を保存 …
view-save-view = 視点と検討案を保存 …
view-open-view = 視点を開く …
view-save-table = 建物の一覧を保存(CSV) …
view-save-results = 結果を保存(報告書・地図・GIS) …
view-copy-link = この視点のリンクをコピー
view-link-copied = リンクをコピーしました。「検索」に貼り付けると開けます。
view-open-link = この視点を開く
view-open-last = 前回の視点を開く
view-save-scenario = 問いをシナリオとして保存 …
view-saved = 保存しました: { $file }
view-opened = 開きました: { $file }
view-file-failed = { $file }: { $why }
view-dialog-overwrite = 上書き
view-dialog-reload = 再読み込み
view-dialog-working = 作業フォルダー
view-dialog-hidden = 隠しファイルを表示
view-dialog-pinned = 固定
view-dialog-places = 場所
view-dialog-devices = 機器
view-dialog-removable = 取り外せる機器
view-dialog-home = ホーム
view-dialog-desktop = デスクトップ
view-dialog-documents = 書類
view-dialog-downloads = ダウンロード
view-dialog-audio = 音楽
view-dialog-pictures = 画像
view-dialog-videos = 動画
view-dialog-file = 選んだファイル:
view-dialog-name = ファイル名:
view-dialog-open = 開く
view-dialog-exists = 同じ名前のファイルがあります。上書きしますか。
view-dialog-no-name = ファイル名が空です
view-dialog-file-exists = 同じ名前のファイルがあります
view-dialog-folder-exists = 同じ名前のフォルダーがあります
view-dialog-system = システムファイルを表示
view-dialog-pin = このフォルダーをピン留めする
view-dialog-unpin = ピン留めを外す
view-dialog-rename = 名前を変える
view-dialog-all-files = すべてのファイル

## 使い方

view-help-title = 使い方
view-help-mouse = マウス: ドラッグで移動、右ドラッグ(またはShift+ドラッグ)で回転、ホイールで指した場所に近づく、クリックで建物を選ぶ。
view-help-limits = 建物は水平な地面に立つ直立したかたまりです。窓は見た目だけで意味はありません。光の向きは計算した太陽に従い、色は描写です。
view-key-move = 移動
view-key-turn = 回転
view-key-tilt = 傾き
view-key-zoom = 近づく・遠ざかる
view-key-presets = 視点: 超高層街区、真上、街路、遠望
view-key-play = 時計を動かす・止める
view-key-search = 建物と操作の検索
view-key-undo = 戻す・やり直す
view-key-save = 視点を保存
view-key-picture = 画像と動画
view-key-underground = 地下を見る
view-key-measure = 計測
view-key-draw = 建物を加える
view-key-note = メモを付ける
view-key-walk = 歩く、空へ戻る
view-key-table = 建物の一覧
view-key-language = 日本語・英語
view-key-panels = 画面の部品を隠す・出す
view-key-escape = 閉じる・使い方
view-tour-start = 案内を見る
view-tour-title = 案内 { $step } / { $steps }
view-tour-next = 次へ
view-tour-end = 終わる
view-tour-1 = ここは西新宿です。ドラッグで移動、右ドラッグで回転、ホイールで近づきます。
view-tour-2 = ここで尋ねます。地上・壁面・屋根の日照時間、天空率、日影規制。答えは単位つきの色で街に表れます。
view-tour-3 = 時計は日本時間です。再生するか冬至などを選ぶと、太陽と影が従います。
view-tour-4 = 計測、建物を加える、地下、検索、画像・視点・結果の保存はここです。
view-tour-5 = 建物をクリックすると、こちら側に属性が出ます。高く、低く、無くしたらどうなるかも試せます。
view-credits = データ:

# Published attributes of city objects, by their names in CityGML and i-UR
view-published = 公表されている属性
view-published-none = このデータには、ほかに公表された属性がありません。
attribute-measured-height = 計測高さ
attribute-storeys-above-ground = 地上階数
attribute-storeys-below-ground = 地下階数
attribute-storey-heights-above-ground = 階高
attribute-usage = 用途
attribute-class = 分類
attribute-function = 機能
attribute-year-of-construction = 建築年
attribute-year-of-demolition = 解体年
attribute-roof-type = 屋根形状
attribute-name = 名称
attribute-creation-date = 作成日
attribute-locality-name = 所在地
attribute-building-id = 建物ID
attribute-branch-id = 枝番
attribute-prefecture = 都道府県
attribute-city = 市区町村
attribute-survey-year = 調査年
attribute-total-floor-area = 延床面積
attribute-building-roof-edge-area = 屋根面積
attribute-building-footprint-area = 建築面積
attribute-site-area = 敷地面積
attribute-building-structure-type = 構造種別
attribute-fireproof-structure-type = 耐火構造種別
attribute-detailed-usage = 詳細用途
attribute-major-usage = 主要用途
attribute-districts-and-zones-type = 地域地区
attribute-land-use-type = 土地利用区分
attribute-building-height = 建築物の高さ
attribute-eave-height = 軒高
attribute-specified-building-coverage-rate = 指定建蔽率
attribute-specified-floor-area-rate = 指定容積率
attribute-urban-plan-type = 都市計画区域
attribute-area-classification-type = 区域区分
attribute-depth = 浸水深
attribute-rank = 浸水ランク
attribute-description = 指定河川など
attribute-scale = 浸水規模
attribute-duration = 浸水継続時間
attribute-admin-type = 管理区分
attribute-lod1-height-type = LOD1の高さの種類
attribute-geometry-src-desc = 図形の作成方法
attribute-thematic-src-desc = 主題属性の作成方法
attribute-appearance-src-desc = テクスチャの作成方法
attribute-src-scale = 地図情報レベル

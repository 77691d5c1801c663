### 公開ページ。だれでも、どの機械からでも使う。

page-title = 双子 Futago – 西新宿の街
page-lead = 西新宿の街を、いまの太陽で見られます。
page-skip = 地図の画面をとばして答えへ
page-language = ことば
page-menu = 知りたいこと
page-back-home = はじめの画面へ
page-about = このページについて

## 質問

page-ask-sun = 日当たり
page-ask-sun-about = この場所には、いつ日が当たりますか。
page-ask-crowd = 混雑
page-ask-crowd-about = この道は、いまどのくらい混んでいますか。
page-ask-office = オフィス
page-ask-office-about = この建物には、いま何人くらいいますか。

## 時計

page-clock = 日本の日時
page-date = 日付
page-time = 時刻
page-now = いま
page-day-today = きょう
page-day-summer = 夏至
page-day-equinox = 春分
page-day-winter = 冬至
page-day-presets = 日を選ぶ
page-play = 時間を進める
page-pause = 止める

## 場所

page-search = 場所をさがす
page-search-hint = 建物や通りの名前
page-search-found = { $count }件みつかりました。
page-search-nothing = みつかりませんでした。別の名前をためしてください。
page-place-building = 建物、高さ { NUMBER($height, maximumFractionDigits: 0) } m
page-place-street = 通り
page-place-degrees = 緯度・経度
page-spot = えらんだ場所
page-spot-use-middle = 画面のまん中で答える
page-spot-hint = 地図をタップすると、その場所の答えが出ます。
page-outside = ここは地図の外です。地図の中をえらんでください。

## 日当たりの答え

page-sun-until = この場所は、{ $now } には日なたです。{ $time } に日かげになります。
page-sun-until-sunset = この場所は、{ $now } には日なたです。日の入り({ $time })まで日が当たります。
page-sun-shade-until = この場所は、{ $now } には日かげです。{ $time } から日が当たります。
page-sun-no-more = この場所は、{ $now } には日かげです。この日は、もう日が当たりません。
page-sun-never = この場所には、この日、一日中、日が当たりません。
page-sun-night-until = { $now } には、太陽は出ていません。この場所は { $time } から日が当たります。
page-sun-night = { $now } には、太陽は出ていません。この日は、もう日が当たりません。
page-sun-inside = ここは建物の中です。外の場所をえらんでください。
page-sun-no-day = この日、太陽は昇りません。
page-sun-stretch = { $from }〜{ $to }
page-sun-and = 、
page-sun-day = この日に日が当たるのは { $list }、合わせて { NUMBER($hours, minimumFractionDigits: 1, maximumFractionDigits: 1) } 時間です。
page-sun-horizon = 日の出 { $sunrise }、日の入り { $sunset }。
page-sun-changed = このリンクの計画どおりの場合: { $sentence }
page-sun-changes = リンクの計画: なくす建物 { NUMBER($removed) } 棟、高さを変える建物 { NUMBER($raised) } 棟、新しい建物 { NUMBER($added) } 棟。
page-sun-unchanged = 計画がない場合、この日に日が当たるのは { NUMBER($hours, minimumFractionDigits: 1, maximumFractionDigits: 1) } 時間です。
page-sun-unchanged-inside = 計画がない場合、ここには建物があります。
page-sun-day-chart = 一日の日なたと日かげ
page-state-sun = 日なた
page-state-shade = 日かげ
page-state-night = 夜
page-sun-model = 建物と歩行者デッキの影の計算です。木、雲、反射は入っていません。地面から1.5 mの高さで答えます。

## 混雑の答え

page-synthetic = 合成データ:{ " " }
page-measured = { "" }
page-crowd-now = { $source }{ $period }の{ $day }、{ $from }〜{ $until } に、{ $way }を 1 時間に約 { NUMBER($persons, maximumFractionDigits: 0) } 人が通ります。{ $words }
page-crowd-few = { $source }{ $period }の{ $day }、{ $from }〜{ $until } は、{ $way }を通る人が少なく({ NUMBER($least, maximumFractionDigits: 0) } 人未満など)、数は示しません。
page-crowd-none = ここから 100 m より近くに、歩く道がありません。
page-crowd-way = いちばん近い道
page-crowd-way-named = いちばん近い道「{ $name }」
page-crowd-way-away = ここから { NUMBER($away, maximumFractionDigits: 0) } m の道
page-crowd-way-away-named = ここから { NUMBER($away, maximumFractionDigits: 0) } m の道「{ $name }」
page-crowd-nearer = もっと近い道は、通る人が少なく、数を示せません。
page-crowd-month = { NUMBER($year, useGrouping: "false") } 年 { $month } 月
page-crowd-weekday = 平日
page-crowd-holiday = 土日・祝日
page-crowd-a = 自由に歩けます(水準 A)。
page-crowd-b = 人は多めですが、自分の速さで歩けます(水準 B)。
page-crowd-c = 人をよけながら歩きます(水準 C)。
page-crowd-d = 混んでいて、追い越しにくくなります(水準 D)。
page-crowd-e = とても混んでいて、ゆっくりしか歩けません(水準 E)。
page-crowd-f = ほとんど進めません(水準 F)。
page-crowd-busiest = { $period }の{ $day }にいちばん人が多いのは { $from }〜{ $until } で、1 時間に約 { NUMBER($persons, maximumFractionDigits: 0) } 人です。
page-crowd-change = { $day }の { $from }〜{ $until } は、宣言の前は 1 時間に約 { NUMBER($before, maximumFractionDigits: 0) } 人、宣言の後は約 { NUMBER($after, maximumFractionDigits: 0) } 人です({ $change } %、95 % の幅で { $low } % から { $high } %)。
page-crowd-levels = ここには上下に重なる道があります。GPS では、どちらの人か見分けられません。
page-crowd-choice = 緊急事態宣言(2020 年 4 月)
page-crowd-before = 前
page-crowd-after = 後
page-crowd-chart = 一日の人の数
page-crowd-map = 図の道の色: 1 時間に通る人数(合成データ)
page-crowd-model = 人数は、同じ時間帯の一日あたりの平均です。水準は道幅あたりの人数で決めた Fruin の歩行者の水準(A から F)です。

## オフィスの答え

page-office-now = 合成データ: { $now } に、{ $name }には約 { NUMBER($persons, maximumFractionDigits: 0) } 人がいます(定員の { NUMBER($level, maximumFractionDigits: 0) } %)。{ $words }
page-office-near = 合成データ: 近くの{ $name }には、{ $now } に約 { NUMBER($persons, maximumFractionDigits: 0) } 人がいます(定員の { NUMBER($level, maximumFractionDigits: 0) } %)。{ $words }
page-office-closed = { $now } には、{ $name }にほとんど人がいないものとして、計算していません(計算は 5:00 から 23:00)。
page-office-none = この近くに、オフィスとして数えている建物はありません。高い建物をえらんでください。
page-office-other = この建物は、オフィスとして数えていません。ほかの建物をえらんでください。
page-office-unnamed = このオフィスビル
page-office-empty = ほとんど人がいません。
page-office-few = すいています。
page-office-half = 半分くらいの席に人がいます。
page-office-full = 混んでいます。
page-office-day = この日にいちばん人が多いのは { $from }〜{ $until } で、約 { NUMBER($persons, maximumFractionDigits: 0) } 人です。
page-office-compare = この時刻は、出社率 100 % なら約 { NUMBER($before, maximumFractionDigits: 0) } 人、30 % なら約 { NUMBER($after, maximumFractionDigits: 0) } 人です。
page-office-holiday = 休みの日なので、少しの人だけが来る計算です。
page-office-choice = 出社率
page-office-before = 100 %
page-office-after = 30 %(在宅勤務)
page-office-chart = 一日の人の数
page-office-floors = 各階の人数
page-office-floor = 階
page-office-persons = 人数
page-office-level = 定員に対する割合
page-office-floor-above = { $floor } 階
page-office-floor-below = 地下 { $floor } 階
page-office-map = 図の階の色: 定員に対する割合(合成データ)
page-office-model = 床の広さとふつうの勤務時間から作った合成データで、数えた人数ではありません。定員の 64 % が勤めているものとします。来訪者と夜勤は入っていません。
page-class-0 = ほとんどいない
page-class-1 = すいている
page-class-2 = 半分くらい
page-class-3 = 混んでいる

## 計算

page-more = もっと調べる
page-map-sun = まわりの日照時間を計算する
page-map-sun-about = えらんだ場所のまわり 400 m で、地面に日が当たる時間を、この機械で計算します。
page-computing = 計算しています。
page-computing-left = あと { NUMBER($seconds, maximumFractionDigits: 0) } 秒ぐらいです。
page-cancel = やめる
page-cancelled = 計算をやめました。
page-failed = 計算できませんでした: { $why }
page-result-hide = 色を消す
page-result-done = 計算ができました。
page-limits = この計算でわからないこと

## 画面の動かし方

page-view = 画面を動かす
page-nearer = 近づく
page-farther = 遠ざかる
page-turn-left = 左に回す
page-turn-right = 右に回す
page-tilt-up = 上から見る
page-reset-view = はじめの向きに戻す
page-stage-label = 西新宿の街の立体の図。{ $time } の太陽と影。矢印キーで動き、Q と E で回り、+ と - で近づいたり遠ざかったりします。答えは文でも出ます。
page-stage-waiting = 街の図を読みこんでいます。

## 分かちあう

page-share = 見せる・残す
page-share-link = リンクを写す
page-share-send = 送る
page-share-copied = リンクを写しました。
page-share-embed = 埋め込みの文を写す
page-share-embed-copied = 埋め込みの文を写しました。
page-picture = 絵を保存する
page-picture-saved = 絵を保存しました。
page-picture-alt = 西新宿の街の図

## 読みこみ

page-loading = 街を読みこんでいます。
page-loading-share = { $done } / { $total } MB
page-loading-long = 回線がゆっくりのようです。答えの部分は先に使えます。
page-loading-failed = { $what } を読みこめませんでした。
page-loading-again = もう一度
page-offline = 回線につながっていません。前に読みこんだ街で動いています。
page-offline-ready = このページは、回線がなくても使えるようになりました。
page-damaged = 街のデータがこわれています。もう一度読みこんでください。
page-lost = 図が止まりました。読みこみ直します。
page-no-drawing = この機械では立体の図を出せません。答えと用意した図は見られます。
page-no-script = このページを動かすには JavaScript が必要です。
page-poster-alt = 用意した図: 西新宿の高い建物と、冬至の正午の影

## 奥付

page-credits = 出典
page-credits-none = 出典の記載なし
page-statement = アクセシビリティ方針

## このページについて

page-about-what = 双子は、西新宿の街の建物・道・橋を公開データから組み立て、太陽や影をその場で計算するデジタルツインです。
page-about-model = 太陽の位置は NREL SPA で、影は建物と歩行者デッキで計算します。木、雲、地形、反射は入っていません。建物の高さが公開されていないところは、まわりから推定しています。法的な判断には使えません。
page-about-own = 計算はすべて、あなたの機械の中で行います。見た場所や尋ねたことは、どこにも送りません。
page-statement-aim = JIS X 8341-3:2016 のレベル AA に沿うことを目指しています。専門家による試験はまだ受けていません。
page-statement-does-1 = 図でわかることは、文でも答えます。図を見なくても、場所をさがして答えを読めます。
page-statement-does-2 = すべての操作はキーボードでできます。押すところは 44 ピクセル以上です。
page-statement-does-3 = 色だけ、または動きだけで伝えることはありません。日かげは斜線でも表します。
page-statement-does-4 = 文字を 200 % にしても、内容はそのまま読めます。
page-statement-does-5 = 動きを減らす設定のときは、図の動きも減らします。
page-statement-does-6 = やさしい日本語には、ふりがながあります。
page-statement-not = まだできていないこと
page-statement-not-1 = 図の上に出る建物の名前は、読み上げられません。「場所をさがす」で同じ名前が見つかります。
page-statement-not-2 = 計算した色の地図は、要点の文だけが読み上げられます。
page-statement-not-3 = 計算できなかったときの文は、やさしい日本語になっていないことがあります。

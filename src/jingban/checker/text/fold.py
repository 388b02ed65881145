"""One character for one character: full-width to half-width, traditional to simplified, look-alike signs.

Offsets stay valid, so a claim found in folded text is quoted from the text as printed.
"""

from __future__ import annotations

from functools import lru_cache

# The characters the narrative and its figures need; every pair is one to one.
_TRADITIONAL = (
    "離离預预決决財财撥拨萬万億亿佔占減减長长結结餘余總总計计較较與与數数額额執执務务業业專专"
    "項项費费購购車车輛辆運运維维護护國国際际機机關关構构員员個个單单位位報报告告門门險险"
    "養养會会議议訓训儀仪産产產产資资調调實实際际發发績绩標标題题權权無无為为爲为對对應应"
    "該该經经濟济過过達达率率區区縣县鄉乡鎮镇農农漁渔醫医療疗衛卫傷伤後后從从來来時时間间"
    "開开歲岁幣币圓元兩两雙双層层級级組组織织統统籌筹繳缴徵征領领貧贫戶户補补貼贴張张龍龙"
    "審审認认證证監监導导讓让說说明明詳详細细類类別别處处設设備备術术環环境境節节約约廳厅"
    "書书記记錄录錢钱銀银行行帳账賬账匯汇滙汇華华優优質质進进遠远還还這这邊边現现見见觀观"
    "規规範范圍围創创劃划則则剛刚動动勞劳勢势勵励歸归當当廣广慶庆應应懷怀態态戰战損损擔担"
    "據据擴扩據据攝摄敗败斷断於于暫暂書书條条樓楼樣样檢检權权歷历殘残氣气漢汉潔洁營营獲获"
    "獎奖獨独環环癥症監监眾众確确礎础禮礼種种積积穩稳窮穷競竞筆笔簡简糧粮紀纪純纯級级終终"
    "給给統统絕绝綜综線线編编縮缩續续罰罚聯联聽听職职腦脑臨临舉举舊旧葉叶號号蘭兰處处衝冲"
    "複复覆覆親亲觸触訂订討讨許许論论評评試试話话誠诚課课請请諸诸講讲識识警警譯译變变貢贡"
    "責责貨货貫贯貴贵買买賠赔賣卖賴赖贈赠趨趋跡迹轉转輕轻載载輔辅輸输辦办農农連连週周遊游"
    "達达違违適适選选遷迁郵邮鄰邻醫医釋释鐵铁鑒鉴閱阅閉闭陸陆隊队陽阳階阶隨随險险雖虽難难"
    "電电靈灵靜静響响項项順顺須须預预領领頭头頻频願愿類类顧顾風风飛飞飯饭館馆駐驻驗验體体"
    "點点黨党齊齐齡龄帶带併并係系佈布儘尽內内兒儿凍冻劑剂勻匀協协參参問问園园團团塊块塗涂"
    "壓压壞坏壽寿夠够奪夺婦妇孫孙學学寧宁寶宝尋寻屆届島岛峽峡師师廢废彈弹憂忧戲戏擊击擇择"
)
_TABLE: dict[int, str] = {
    ord(_TRADITIONAL[i]): _TRADITIONAL[i + 1] for i in range(0, len(_TRADITIONAL) - 1, 2)
}
_TABLE.update({code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
_TABLE.update(
    {
        0x3000: " ", 0x00A0: " ", 0x2003: " ", 0x2002: " ", 0x2009: " ", 0x202F: " ", ord("\t"): " ", ord("\n"): " ",
        ord("﹪"): "%", ord("﹣"): "-", ord("﹐"): ",", ord("﹒"): ".", ord("﹔"): ";", ord("﹕"): ":",
        ord("﹝"): "〔", ord("﹞"): "〕", ord("［"): "[", ord("］"): "]", ord("∶"): ":", ord("︰"): ":",
        ord("≧"): "≥", ord("≦"): "≤", ord("⩾"): "≥", ord("⩽"): "≤", ord("−"): "-", ord("·"): "·", ord("•"): "·",
    }
)  # fmt: skip


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Same length as ``text``."""
    return text.translate(_TABLE)

//! Code pages of DOS, which the WHATWG standard does not know and old files are in.
//!
//! The tables are those of the vendor's mappings that the Unicode consortium publishes: the
//! characters of the bytes 80 to FF in order.

/// A code page: its names in lower case, its name, its upper half.
#[derive(Debug)]
pub(crate) struct CodePage {
    labels: &'static [&'static str],
    /// What it is called in [`SourceEncoding`](crate::model::SourceEncoding).
    pub(crate) name: &'static str,
    upper: &'static str,
}

/// The code pages that are known.
pub(crate) const ALL: [CodePage; 6] = [
    CodePage {
        labels: &["cp437", "ibm437", "cp-437", "dos437"],
        name: "IBM437",
        upper: "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}",
    },
    CodePage {
        labels: &["cp850", "ibm850", "cp-850", "dos850"],
        name: "IBM850",
        upper: "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}",
    },
    CodePage {
        labels: &["cp852", "ibm852", "cp-852", "dos852"],
        name: "IBM852",
        upper: "ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u{ad}˝˛ˇ˘§÷¸°¨˙űŘř■\u{a0}",
    },
    CodePage {
        labels: &["cp855", "ibm855", "cp-855", "dos855"],
        name: "IBM855",
        upper: "ђЂѓЃёЁєЄѕЅіІїЇјЈљЉњЊћЋќЌўЎџЏюЮъЪаАбБцЦдДеЕфФгГ«»░▒▓│┤хХиИ╣║╗╝йЙ┐└┴┬├─┼кК╚╔╩╦╠═╬¤лЛмМнНоОп┘┌█▄Пя▀ЯрРсСтТуУжЖвВьЬ№\u{ad}ыЫзЗшШэЭщЩчЧ§■\u{a0}",
    },
    CodePage {
        labels: &["cp857", "ibm857", "cp-857", "dos857"],
        name: "IBM857",
        upper: "ÇüéâäàåçêëèïîıÄÅÉæÆôöòûùİÖÜø£ØŞşáíóúñÑĞğ¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ºªÊËÈ\u{fffd}ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµ\u{fffd}×ÚÛÙìÿ¯´\u{ad}±\u{fffd}¾¶§÷¸°¨·¹³²■\u{a0}",
    },
    CodePage {
        labels: &["cp858", "ibm858", "cp-858", "dos858"],
        name: "IBM858",
        upper: "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}",
    },
];

impl CodePage {
    /// The code page of a label.
    pub(crate) fn of_label(label: &str) -> Option<&'static Self> {
        let label = label.trim().to_ascii_lowercase();
        ALL.iter().find(|page| page.labels.contains(&label.as_str()))
    }

    /// The characters of all 256 bytes.
    pub(crate) fn characters(&self) -> Vec<char> {
        (0..128u8).map(char::from).chain(self.upper.chars()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_page_has_all_bytes() {
        for page in &ALL {
            assert_eq!(page.characters().len(), 256, "{}", page.name);
        }
        let page = CodePage::of_label("CP850").unwrap();
        assert_eq!(page.characters()[0x82], 'é');
        assert_eq!(CodePage::of_label("ibm855").unwrap().characters()[0xA0], 'а');
        assert!(CodePage::of_label("utf-8").is_none());
    }
}

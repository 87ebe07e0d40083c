#include "connectors/common/sheet/legacy_text.h"

#include <gtest/gtest.h>
#include <iconv.h>

#include "base/text.h"

namespace connectors::common {
namespace {

// What glibc makes of the bytes: someone else's table.
std::string by_iconv(const char* coding, std::string bytes) {
  const iconv_t conversion = iconv_open("UTF-8", coding);
  std::string out(bytes.size() * 8 + 16, '\0');
  char* from = bytes.data();
  std::size_t left = bytes.size();
  char* to = out.data();
  std::size_t room = out.size();
  const auto failed = iconv(conversion, &from, &left, &to, &room) == static_cast<std::size_t>(-1);
  iconv(conversion, nullptr, nullptr, &to, &room);
  iconv_close(conversion);
  if (failed) return {};
  out.resize(out.size() - room);
  return base::normalise(out);
}

base::Result<Coding> coding_of(const std::vector<std::string>& cells,
                               CellMark mark = CellMark::plain) {
  TextColumn column;
  for (const auto& cell : cells) column.add(cell, mark);
  return column.decide("Tên hàng");
}

Coding sure(const std::vector<std::string>& cells, CellMark mark = CellMark::plain) {
  const auto coding = coding_of(cells, mark);
  EXPECT_TRUE(coding.ok()) << coding.error().message;
  return coding ? coding.value() : Coding::cp1258;
}

TEST(LegacyText, ReadsEveryTcvnByteAsTheSystemDoes) {
  for (int byte = 0xA1; byte <= 0xFF; ++byte) {
    const std::string bytes = {'o', static_cast<char>(byte)};
    EXPECT_EQ(decode(text_of_bytes(bytes), Coding::tcvn3), by_iconv("TCVN5712-1", bytes)) << byte;
  }
}

TEST(LegacyText, ReadsEveryWindows1258LetterAsTheSystemDoes) {
  for (int byte = 0x80; byte <= 0xFF; ++byte) {
    const std::string bytes = {'o', static_cast<char>(byte)};
    const auto known = by_iconv("CP1258", bytes);
    if (known.empty()) continue;  // no character has this byte
    EXPECT_EQ(decode(text_of_bytes(bytes), Coding::cp1258), known) << byte;
  }
}

TEST(LegacyText, ReadsVni) {
  const auto vni = [](std::string_view text) { return decode(text, Coding::vni); };

  EXPECT_EQ(vni("laïp xöôûng"), "lạp xưởng");
  EXPECT_EQ(vni("caûi ngoàng"), "cải ngồng");
  EXPECT_EQ(vni("rau maù ñoàng"), "rau má đồng");
  EXPECT_EQ(vni("thanh long saáy"), "thanh long sấy");
  EXPECT_EQ(vni("Höõu Chaâu"), "Hữu Châu");
  EXPECT_EQ(vni("Döông Xuaân"), "Dương Xuân");
  EXPECT_EQ(vni("Saûn phaåm"), "Sản phẩm");
  EXPECT_EQ(vni("ÑÖÔØNG MÍA"), "ĐƯỜNG MÍA");
  EXPECT_EQ(vni("vaên, chaén, haèng, thaúng, daët, myõ, kyø, kî, thò tröôøng, nghæ"),
            "văn, chắn, hằng, thẳng, dặt, mỹ, kỳ, kỵ, thị trường, nghỉ");
}

TEST(LegacyText, ReadsTcvn) {
  EXPECT_EQ(decode(text_of_bytes("l\xB9p x\xAD\xEBng"), Coding::tcvn3), "lạp xưởng");
  EXPECT_EQ(decode(text_of_bytes("c\xB6i ng\xE5ng"), Coding::tcvn3), "cải ngồng");
  EXPECT_EQ(decode(text_of_bytes("rau m\xB8 \xAE\xE5ng"), Coding::tcvn3), "rau má đồng");
}

TEST(LegacyText, KnowsASyllableWhenItSeesOne) {
  for (const auto* word :
       {"lạp", "xưởng", "nghiêng", "quýt", "giêng", "gì", "Đỏ", "QUẾ", "khuỷu"}) {
    EXPECT_TRUE(is_syllable(word)) << word;
  }
  for (const auto* word : {"laïp", "xöôûng", "qùý", "ngång", "đđ", "ạp1", "ắă", ""}) {
    EXPECT_FALSE(is_syllable(word)) << word;
  }
}

TEST(TextColumn, KnowsTheCodingOfAColumnThatIsSure) {
  EXPECT_EQ(sure({"laïp xöôûng", "rau maù ñoàng", "thanh long saáy"}), Coding::vni);
  EXPECT_EQ(sure({"l¹p x­ëng", "rau m¸ ®ång", "thanh long sÊy"}), Coding::tcvn3);
  EXPECT_EQ(sure({"rau má", "cà rốt", "bánh tét"}), Coding::as_it_is);
  EXPECT_EQ(sure({"laòp xýõÒng", "caÒi ngôÌng", "rau má ðôÌng"}, CellMark::bytes), Coding::cp1258);
}

TEST(TextColumn, LeavesUnicodeAndOtherLanguagesAlone) {
  EXPECT_EQ(sure({"Rau má", "Cà na", "Bò khô"}), Coding::as_it_is);
  EXPECT_EQ(sure({"Thanh long", "Rau"}), Coding::as_it_is);
  EXPECT_EQ(sure({"Ø 20 cm", "±5 g"}), Coding::as_it_is);
}

TEST(TextColumn, AsksWhenTwoReadingsAreVietnamese) {
  const auto coding = coding_of({"sè", "mã"}, CellMark::bytes);

  ASSERT_FALSE(coding.ok());
  EXPECT_EQ(coding.error().vendor_code, "unsure_coding");
  EXPECT_NE(coding.error().message.find("Tên hàng"), std::string::npos);
  EXPECT_NE(coding.error().message.find("\"số\" (TCVN3 (ABC))"), std::string::npos)
      << coding.error().message;
}

TEST(TextColumn, ReadsMixedCellsEachInItsOwnWay) {
  EXPECT_EQ(read_cell("lạp xưởng", CellMark::plain, Coding::vni), "lạp xưởng");
  EXPECT_EQ(read_cell("laïp xöôûng", CellMark::plain, Coding::vni), "lạp xưởng");
  EXPECT_EQ(read_cell("l¹p x­ëng", CellMark::font_tcvn3, Coding::as_it_is), "lạp xưởng");
}

}  // namespace
}  // namespace connectors::common

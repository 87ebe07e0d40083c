#include "connectors/common/xml.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <random>
#include <string>

namespace connectors::common {
namespace {

using base::ErrorCode;

// Every event on one line each: "+name a=v", "text", "-name".
base::Result<std::string> trace(base::Result<XmlPull> pull) {
  if (!pull) return pull.error();
  std::string out;
  while (true) {
    const auto more = pull.value().next();
    if (!more) return more.error();
    if (!more.value()) return out;
    const auto& at = pull.value();
    if (at.kind() == XmlKind::element) {
      out += "+" + at.name();
      for (const auto& [name, value] : at.attributes()) out += " " + name + "=" + value;
    } else {
      out += at.kind() == XmlKind::text ? "'" + at.text() + "'" : "-" + at.name();
    }
    out += "\n";
  }
}

std::string read(const std::string& document) {
  const auto events = trace(XmlPull::from_text(document));
  EXPECT_TRUE(events.ok()) << (events.ok() ? "" : events.error().message);
  return events.ok() ? events.value() : "";
}

std::string failure(const std::string& document, const XmlLimits& limits = {}) {
  const auto events = trace(XmlPull::from_text(document, limits));
  EXPECT_FALSE(events.ok()) << document.substr(0, 200);
  if (events.ok()) return {};
  EXPECT_EQ(to_string(events.error().code), to_string(ErrorCode::protocol));
  return events.error().message;
}

class TempFile {
 public:
  explicit TempFile(const std::string& content)
      : path_(::testing::TempDir() + "nongsan_xml_" + std::to_string(std::random_device{}())) {
    std::ofstream{path_, std::ios::binary} << content;
  }
  ~TempFile() { std::remove(path_.c_str()); }
  TempFile(const TempFile&) = delete;
  TempFile& operator=(const TempFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

TEST(XmlPull, GivesElementsTextAndEndsInOrder) {
  EXPECT_EQ(read("<a x='1' g:y=\"&lt;2\" xmlns:g='u'>t&amp;u<b/><![CDATA[<c>]]>v</a>"),
            "+a x=1 g:y=<2\n't&u'\n+b\n-b\n'<c>v'\n-a\n");
}

TEST(XmlPull, AmpersandsOfAttributesReadAsWritten) {
  EXPECT_EQ(read("<a x='&amp;&#38;amp;&amp;#38;&#x26;'/>"), "+a x=&&amp;&#38;&\n-a\n");
}

TEST(XmlPull, NamesKeepTheirPrefix) {
  EXPECT_EQ(read("<rss xmlns:g='u'><g:price>1</g:price></rss>"),
            "+rss\n+g:price\n'1'\n-g:price\n-rss\n");
}

TEST(XmlPull, CommentsAndInstructionsDoNotSplitText) {
  EXPECT_EQ(read("<?xml version='1.0'?><a>x<!-- c -->y<?p i?>z</a>"), "+a\n'xyz'\n-a\n");
}

TEST(XmlPull, CountsLinesAndDepthBeyond65535) {
  std::string document = "<catalogue>\n";
  for (int i = 0; i < 100'000; ++i) document += "<p/>\n";
  document += "<last/></catalogue>";
  auto pull = XmlPull::from_text(document);
  int line = 0;
  int depth = 0;

  while (true) {
    const auto more = pull.value().next();
    ASSERT_TRUE(more.ok()) << more.error().message;
    if (!more.value()) break;
    if (pull.value().kind() == XmlKind::element && pull.value().name() == "last") {
      line = pull.value().line();
      depth = pull.value().depth();
    }
  }

  EXPECT_EQ(line, 100'002);
  EXPECT_EQ(depth, 2);
}

TEST(XmlPull, TextLongerThanAChunkComesWhole) {
  std::string text;
  for (int i = 0; i < 30'000; ++i) text += "măng tây ";

  EXPECT_EQ(read("<a>" + text + "</a>"), "+a\n'" + text + "'\n-a\n");
}

TEST(XmlPull, ReadsAFileInADeclaredEncoding) {
  const TempFile file{"<?xml version='1.0' encoding='ISO-8859-1'?>\n<a n='caf\xe9'/>"};

  const auto events = trace(XmlPull::from_file(file.path()));

  ASSERT_TRUE(events.ok()) << events.error().message;
  EXPECT_EQ(events.value(), "+a n=café\n-a\n");
}

TEST(XmlPull, AMissingFileOrADirectoryIsInvalid) {
  for (const auto& path : {::testing::TempDir() + "nongsan_no_such_file", ::testing::TempDir()}) {
    const auto events = trace(XmlPull::from_file(path));
    ASSERT_FALSE(events.ok()) << path;
    EXPECT_EQ(to_string(events.error().code), to_string(ErrorCode::invalid)) << path;
  }
}

TEST(XmlPull, SaysTheLineOfAMistake) {
  EXPECT_NE(failure("<a>\n<b>\n</a>").find("line 3: "), std::string::npos);
  EXPECT_NE(failure("<a>\n\xff</a>").find("line 2: "), std::string::npos);
  EXPECT_NE(failure("<a>\n&nope;</a>").find("line 2: "), std::string::npos);
}

TEST(XmlPull, BrokenDocumentsAreErrors) {
  for (const std::string document :
       {"", "  ", "text", "<a>", "<a></b>", "<a/><b/>", "<a x='1' x='2'/>", "<a x=1/>",
        "<a>&#0;</a>", "<a>\x01</a>", "{\"a\":1}", "<a>]]></a>x"}) {
    EXPECT_FALSE(trace(XmlPull::from_text(document)).ok()) << document;
  }
}

TEST(XmlPull, AnErrorStays) {
  auto pull = XmlPull::from_text("<a></b>");
  while (true) {
    const auto more = pull.value().next();
    if (!more) break;
    ASSERT_TRUE(more.value());
  }

  EXPECT_FALSE(pull.value().next().ok());
  EXPECT_FALSE(pull.value().next().ok());
}

std::string billion_laughs() {
  std::string document = "<?xml version='1.0'?>\n<!DOCTYPE lolz [\n<!ENTITY l0 'lol'>\n";
  for (int i = 1; i < 30; ++i) {
    document += "<!ENTITY l" + std::to_string(i) + " '";
    for (int j = 0; j < 10; ++j) document += "&l" + std::to_string(i - 1) + ";";
    document += "'>\n";
  }
  return document + "]>\n<lolz>&l29;</lolz>";
}

TEST(XmlPull, AnyDoctypeIsRefusedAtOnceAndByName) {
  const auto begin = std::chrono::steady_clock::now();
  const TempFile secret{"secret"};

  for (const std::string& document :
       {billion_laughs(), std::string{"<!DOCTYPE a><a/>"},
        "<!DOCTYPE a SYSTEM 'file://" + secret.path() + "'><a/>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file://" + secret.path() + "'>]><a>&x;</a>",
        std::string{"<!DOCTYPE a [<!ENTITY % p '<!ENTITY &#37; q \"%p;\">'> %p; %q;]><a/>"},
        "<!DOCTYPE a [" + std::string(1 << 20, ' ') + "]><a/>"}) {
    const auto message = failure(document);
    EXPECT_NE(message.find("DOCTYPE"), std::string::npos) << message;
    EXPECT_EQ(message.find("secret"), std::string::npos) << message;
  }

  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{5});
}

TEST(XmlPull, EveryLimitIsNamed) {
  XmlLimits limits;
  limits.depth_max = 3;
  limits.text_bytes_max = 10;
  limits.attributes_max = 2;
  limits.bytes_max = 200;

  EXPECT_TRUE(
      trace(XmlPull::from_text("<a><b><c x='1' y='2'>0123456789</c></b></a>", limits)).ok());
  EXPECT_NE(failure("<a><b><c><d/></c></b></a>", limits).find("deeper than 3"), std::string::npos);
  EXPECT_NE(failure("<a>01234567890</a>", limits).find("too long"), std::string::npos);
  EXPECT_NE(failure("<a>012345<![CDATA[67890]]></a>", limits).find("too long"), std::string::npos);
  EXPECT_NE(failure("<a x='01234567890'/>", limits).find("too long"), std::string::npos);
  EXPECT_NE(failure("<a x='1' y='2' z='3'/>", limits).find("too many"), std::string::npos);
  EXPECT_NE(failure("<a>" + std::string(300, ' ') + "</a>", limits).find("larger than 200"),
            std::string::npos);
}

TEST(XmlPull, ReadTextAndSkipMoveToTheEndOfTheirElement) {
  auto pull = XmlPull::from_text("<r><a>x<!-- -->y</a><b><c/>t<b/></b><d/></r>");
  auto& at = pull.value();
  ASSERT_TRUE(at.next().value());
  ASSERT_TRUE(at.next().value());

  EXPECT_EQ(at.read_text().value(), "xy");
  ASSERT_TRUE(at.next().value());
  EXPECT_EQ(at.name(), "b");
  EXPECT_TRUE(at.skip().ok());
  ASSERT_TRUE(at.next().value());
  EXPECT_EQ(at.name(), "d");
  EXPECT_EQ(at.read_text().value(), "");
  ASSERT_TRUE(at.next().value());
  EXPECT_EQ(at.kind(), XmlKind::end_element);
  EXPECT_FALSE(at.next().value());
}

TEST(XmlPull, ReadTextRefusesAChild) {
  auto pull = XmlPull::from_text("<a>x<b/></a>");
  ASSERT_TRUE(pull.value().next().value());

  const auto text = pull.value().read_text();

  ASSERT_FALSE(text.ok());
  EXPECT_NE(text.error().message.find("not <b>"), std::string::npos);
}

TEST(XmlWriter, WritesEscapedCompactXml) {
  XmlWriter out;
  out.open("Request").attribute("v", "a\"<b").element("Name", "Rau má & <đậu>").element("E", "");
  out.open("D").cdata("x]]>y").close().close();

  EXPECT_EQ(out.finish(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<Request v=\"a&quot;&lt;b\"><Name>Rau má &amp; &lt;đậu&gt;</Name><E/>"
            "<D><![CDATA[x]]]]><![CDATA[>y]]></D></Request>\n");
}

TEST(XmlWriter, IsEmptyAgainAfterFinishAndClosesWhatIsOpen) {
  XmlWriter out;
  out.open("a").open("b");
  EXPECT_NE(out.finish().find("<a><b/></a>"), std::string::npos);

  out.element("c", "d");
  EXPECT_NE(out.finish().find("?>\n<c>d</c>"), std::string::npos);
}

TEST(XmlWriter, WhatItWritesReadsBackWithControlCharactersDropped) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random{seed};

  for (int round = 0; round < 500; ++round) {
    std::string dirty;
    std::string clean;
    for (int i = 0; i < 60; ++i) {
      const char c = static_cast<char>(random() % 128);
      dirty += c;
      const bool kept = static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n';
      if (c == '\r') dirty.pop_back();  // a parser reads it as a line feed
      if (kept) clean += c;
    }
    XmlWriter out;
    out.open("r").attribute("v", dirty).element("t", "x" + dirty).open("c").cdata("x" + dirty);

    auto pull = XmlPull::from_text(out.finish());
    auto& at = pull.value();
    ASSERT_TRUE(at.next().value());
    EXPECT_EQ(at.attribute("v"), clean);
    ASSERT_TRUE(at.next().value());
    EXPECT_EQ(at.read_text().value(), "x" + clean);
    ASSERT_TRUE(at.next().value());
    EXPECT_EQ(at.read_text().value(), "x" + clean);
  }
}

TEST(XmlWriter, RepairsBadUtf8AndDropsNonCharacters) {
  XmlWriter out;
  out.element("a", "x\xff\xef\xbf\xbey");

  EXPECT_NE(out.finish().find("<a>x\xEF\xBF\xBDy</a>"), std::string::npos);
}

}  // namespace
}  // namespace connectors::common

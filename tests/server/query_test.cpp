#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "server/http/server.h"

namespace server::http {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

TEST(PercentDecode, DecodesBothCasesOfHexDigits) {
  EXPECT_EQ(percent_decode("rau%20m%C3%a1", false), "rau má");
}

TEST(PercentDecode, KeepsMalformedEscapes) {
  EXPECT_EQ(percent_decode("100%", false), "100%");
  EXPECT_EQ(percent_decode("%4", false), "%4");
  EXPECT_EQ(percent_decode("%zz%41", false), "%zzA");
  EXPECT_EQ(percent_decode("%%41", false), "%A");
}

TEST(PercentDecode, ReadsPlusAsSpaceOnlyWhenAsked) {
  EXPECT_EQ(percent_decode("a+b", true), "a b");
  EXPECT_EQ(percent_decode("a+b", false), "a+b");
  EXPECT_EQ(percent_decode("a%2Bb", true), "a+b");
}

TEST(PercentDecode, KeepsANulByteInPlace) {
  EXPECT_EQ(percent_decode("a%00b", false), std::string("a\0b", 3));
}

TEST(ParseQuery, SplitsPairsInOrder) {
  EXPECT_EQ(parse_query("a=1&b=%20&a=2"), (Pairs{{"a", "1"}, {"b", " "}, {"a", "2"}}));
}

TEST(ParseQuery, TakesAPairWithoutEqualsAsEmptyAndSkipsEmptyPairs) {
  EXPECT_EQ(parse_query("&&flag&=v&k=&"), (Pairs{{"flag", ""}, {"", "v"}, {"k", ""}}));
  EXPECT_EQ(parse_query(""), Pairs{});
}

TEST(ParseQuery, DecodesAfterSplittingSoEscapedSeparatorsAreData) {
  EXPECT_EQ(parse_query("a%3Db=c%26d=e+f"), (Pairs{{"a=b", "c&d=e f"}}));
}

RC_GTEST_PROP(ParseQuery, ReadsBackWhateverWasEscaped, (const Pairs& pairs)) {
  const auto escape = [](const std::string& text) {
    constexpr char kHex[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', kHex[byte / 16], kHex[byte % 16]};
    }
    return out;
  };
  std::string query;
  for (const auto& [name, value] : pairs) query += escape(name) + "=" + escape(value) + "&";

  RC_ASSERT(parse_query(query) == pairs);
}

TEST(RequestHeader, IsFoundWhateverItsCaseAndTheFirstOneWins) {
  Request request;
  request.headers = {{"X-Key", "one"}, {"x-key", "two"}};

  EXPECT_EQ(request.header("x-KEY"), "one");
  EXPECT_EQ(request.header("x-ke"), "");
}

}  // namespace
}  // namespace server::http

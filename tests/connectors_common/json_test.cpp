#include "connectors/common/json.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <random>
#include <string>

#include "base/text.h"

namespace connectors::common {
namespace {

using base::ErrorCode;

Json parsed(std::string_view body) {
  auto json = parse_json(body);
  EXPECT_TRUE(json.ok()) << body << ": " << (json.ok() ? "" : json.error().message);
  return json.ok() ? json.value() : Json{};
}

std::string failure(std::string_view body) {
  const auto json = parse_json(body);
  EXPECT_FALSE(json.ok()) << body;
  if (json.ok()) return {};
  EXPECT_EQ(to_string(json.error().code), to_string(ErrorCode::protocol));
  return json.error().message;
}

TEST(Json, DecimalsStayTheTextTheyWere) {
  const auto json = parsed(R"({"price":19.99,"tiny":1e-7,"huge":1e400,"list":[0.10,-2.50]})");

  EXPECT_EQ(text(json, "price"), "19.99");
  EXPECT_EQ(text(json, "tiny"), "1e-7");
  EXPECT_EQ(text(json, "huge"), "1e400");
  EXPECT_EQ(to_text(*child(json, "list")), R"(["0.10","-2.50"])");
}

TEST(Json, IntegersBeyondDoublesAndBeyond64BitsKeepEveryDigit) {
  const auto json = parsed(R"({"a":9007199254740993,"b":9223372036854775807,
      "c":-9223372036854775808,"d":18446744073709551615,"e":"577087614418520388","f":-0})");

  EXPECT_EQ(integer(json, "a"), 9007199254740993);
  EXPECT_EQ(integer(json, "b"), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(integer(json, "c"), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(integer(json, "d"), std::nullopt);
  EXPECT_EQ(text(json, "d"), "18446744073709551615");
  EXPECT_EQ(integer(json, "e"), 577087614418520388);
  EXPECT_EQ(text(json, "a"), "9007199254740993");
  EXPECT_EQ(integer(json, "f"), 0);
}

TEST(Json, IntegersRefuseWhatIsNotOne) {
  const auto json = parsed(R"({"a":1.5,"b":"12x","c":"","d":null,"e":true,"f":" 12 ","g":"+1"})");

  for (const auto* name : {"a", "b", "c", "d", "e", "g", "missing"}) {
    EXPECT_EQ(integer(json, name), std::nullopt) << name;
  }
  EXPECT_EQ(integer(json, "f"), 12);
}

TEST(Json, LoneSurrogatesAndBadUtf8CostOneCharacterNotThePage) {
  const auto json = parsed(
      "{\"lone\":\"a\\ud83dz\",\"low\":\"\\udc00\",\"pair\":\"\\ud83c\\udf3f\","
      "\"twice\":\"\\ud83d\\ud83c\\udf3f\",\"latin\":\"caf\xe9\",\"cut\":\"x\xe1\xbb\","
      "\"cesu\":\"\xed\xa0\xbd\",\"vn\":\"\\u0111\xe1\xba\xadu\"}");

  EXPECT_EQ(text(json, "lone"), "a\xEF\xBF\xBDz");
  EXPECT_EQ(text(json, "low"), "\xEF\xBF\xBD");
  EXPECT_EQ(text(json, "pair"), "🌿");
  EXPECT_EQ(text(json, "twice"), "\xEF\xBF\xBD🌿");
  EXPECT_EQ(text(json, "latin"), "caf\xEF\xBF\xBD");
  EXPECT_EQ(text(json, "cut"), "x\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(text(json, "cesu"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(text(json, "vn"), "đậu");
}

TEST(Json, RawControlCharactersInAStringSurvive) {
  const auto json = parsed("{\"a\":\"x\ty\nz\x01\",\"b\":\"\\u0000\\u001f\\n\"}");

  EXPECT_EQ(text(json, "a"), "x\ty\nz\x01");
  EXPECT_EQ(text(json, "b"), (std::string{"\0\x1f\n", 3}));
}

TEST(Json, EscapesAreReadAsWritten) {
  const auto json = parsed(R"({"a":"\"\\\/\b\f\n\r\t","b\"c":"{[1.5"})");

  EXPECT_EQ(text(json, "a"), "\"\\/\b\f\n\r\t");
  EXPECT_EQ(text(json, "b\"c"), "{[1.5");
}

TEST(Json, DepthIsCappedByName) {
  EXPECT_TRUE(parse_json(std::string(32, '[') + std::string(32, ']')).ok());
  EXPECT_NE(failure(std::string(33, '[') + std::string(33, ']')).find("deeper than 32"),
            std::string::npos);
  EXPECT_NE(failure(std::string(1'000'000, '[')).find("deeper than 32"), std::string::npos);
  EXPECT_TRUE(parse_json("[\"" + std::string(1000, '[') + "\"]").ok());
}

TEST(Json, SizeIsCappedByName) {
  EXPECT_TRUE(parse_json("[1]", 3).ok());
  const auto json = parse_json("[1,2]", 3);
  ASSERT_FALSE(json.ok());
  EXPECT_NE(json.error().message.find("larger than 3 bytes"), std::string::npos);
}

TEST(Json, SaysWhatCameInstead) {
  EXPECT_NE(failure("").find("empty"), std::string::npos);
  EXPECT_NE(failure(" \r\n").find("empty"), std::string::npos);
  EXPECT_NE(failure("<html>").find("web page"), std::string::npos);
  EXPECT_NE(failure("\xEF\xBB\xBF<?xml?>").find("web page"), std::string::npos);
}

TEST(Json, SyntaxErrorsAreRefused) {
  for (const std::string body :
       {"{",        "[1,]",  "{\"a\"}",       "{\"a\":}",  "[1 2]",      "{} {}",     "tru",
        "nul",      "NaN",   "[01]",          "[1.]",      "[.5]",       "[-]",       "[1e]",
        "[+1]",     "[\"a]", "[\"\\u12g4\"]", "[\"\\x\"]", "]",          "{\"a\":1]", "/* c */ []",
        "[1] // c", "['a']", "[\"\\\"]",      "\x80",      "[\"a\"\x01]"}) {
    EXPECT_FALSE(parse_json(body).ok()) << body;
  }
  EXPECT_FALSE(parse_json(std::string_view{"[1]\0", 4}).ok());
}

TEST(Json, ABomIsDropped) {
  EXPECT_EQ(integer(parsed("\xEF\xBB\xBF{\"a\":1}"), "a"), 1);
}

TEST(Json, MoneyIsWholeDong) {
  const auto json = parsed(R"({"a":65000,"b":"65000","c":"65000.00","d":"65,000.00","e":65000.0,
      "f":"1,234,567","g":"-5,000.00","h":"0.00","i":" 120000 "})");

  EXPECT_EQ(money_vnd(json, "a"), 65000);
  EXPECT_EQ(money_vnd(json, "b"), 65000);
  EXPECT_EQ(money_vnd(json, "c"), 65000);
  EXPECT_EQ(money_vnd(json, "d"), 65000);
  EXPECT_EQ(money_vnd(json, "e"), 65000);
  EXPECT_EQ(money_vnd(json, "f"), 1234567);
  EXPECT_EQ(money_vnd(json, "g"), -5000);
  EXPECT_EQ(money_vnd(json, "h"), 0);
  EXPECT_EQ(money_vnd(json, "i"), 120000);
}

TEST(Json, MoneyThatIsNotWholeOrNotClearIsRefused) {
  for (const auto* value : {"65000.50", "65.000", "1,23", "1,2345", ",123", "12,", "", ".00", "abc",
                            "1e5", "65000d", "6 5000", "99999999999999999999", "--1", "1.0.0"}) {
    EXPECT_EQ(parse_money_vnd(value), std::nullopt) << value;
  }
  EXPECT_EQ(parse_money_vnd("65000.000"), 65000);
  EXPECT_EQ(parse_money_vnd("65.0000"), 65);
}

TEST(Json, FlagsComeInManyDresses) {
  const auto json = parsed(R"({"a":true,"b":0,"c":"1","d":"no","e":"maybe","f":2,"g":null})");

  EXPECT_EQ(flag(json, "a"), true);
  EXPECT_EQ(flag(json, "b"), false);
  EXPECT_EQ(flag(json, "c"), true);
  EXPECT_EQ(flag(json, "d"), false);
  for (const auto* name : {"e", "f", "g", "missing"}) {
    EXPECT_EQ(flag(json, name), std::nullopt) << name;
  }
}

TEST(Json, GettersTakeAnyValueAndFindNothing) {
  for (const auto* body : {"1", "\"x\"", "null", "[]", "[1]", "true"}) {
    const auto json = parsed(body);
    EXPECT_EQ(text_if(json, "a"), std::nullopt);
    EXPECT_EQ(integer(json, "a"), std::nullopt);
    EXPECT_EQ(money_vnd(json, "a"), std::nullopt);
    EXPECT_EQ(flag(json, "a"), std::nullopt);
    EXPECT_EQ(child(json, "a", "b"), nullptr);
    EXPECT_TRUE(items(json, "a").empty());
  }
}

TEST(Json, PathsAndListsRead) {
  const auto json = parsed(R"({"response":{"item":[{"id":1},{"id":"2"}],"more":false}})");

  std::int64_t sum = 0;
  const Json* response = child(json, "response");
  ASSERT_NE(response, nullptr);
  for (const Json& item : items(*response, "item")) sum += integer(item, "id").value_or(0);

  EXPECT_EQ(sum, 3);
  EXPECT_EQ(child(json, "response", "missing", "x"), nullptr);
  EXPECT_EQ(text_at(json, "response", "item"), "");
}

TEST(Json, BuildsCompactTextInNameOrder) {
  const auto json =
      json_object({{"b", json_array({json_number(9007199254740993), json_flag(true)})},
                   {"a", json_string("rau \"má\"\n\xff")}});

  EXPECT_EQ(to_text(json),
            "{\"a\":\"rau \\\"má\\\"\\n\xEF\xBF\xBD\",\"b\":[9007199254740993,true]}");
}

// Whatever bytes come, parsing ends with a value or an error, and a value's text parses again.
TEST(Json, RandomDamageNeverCrashes) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random{seed};
  const std::string good =
      R"({"a":[1,2.5,"x\u0111y\ud83c\udf3f",{"b":null,"c":true}],"d":"65,000.00","e":-12e3})";

  for (int round = 0; round < 20'000; ++round) {
    std::string body = good;
    for (std::uint32_t hits = 1 + random() % 4; hits > 0; --hits) {
      body[random() % body.size()] = static_cast<char>(random() % 256);
    }
    const auto json = parse_json(body);
    if (!json.ok()) continue;
    const auto again = parse_json(to_text(json.value()));
    ASSERT_TRUE(again.ok()) << body << " -> " << to_text(json.value());
    EXPECT_TRUE(base::is_utf8(to_text(json.value()))) << body;
  }
}

}  // namespace
}  // namespace connectors::common

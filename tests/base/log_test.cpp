#include "base/log.h"

#include <gtest/gtest.h>

namespace base {
namespace {

TEST(Log, WritesOneJsonLine) {
  const auto line = format_event(Level::warning, "order_ingested",
                                 {{"channel", "shopee"}, {"packs", 12LL}}, "2026-11-24T01:02:03Z");

  EXPECT_EQ(line, R"({"ts":"2026-11-24T01:02:03Z","level":"warning","evt":"order_ingested",)"
                  R"("channel":"shopee","packs":12})");
}

TEST(Log, SensitiveFieldsAreNeverWritten) {
  for (const auto* name :
       {"token", "access_token", "refresh_token", "secret", "partner_secret", "password", "api_key",
        "sign", "authorization", "cookie", "address", "phone", "buyer_phone", "email", "account_no",
        "buyer", "buyer_name", "recipient"}) {
    EXPECT_TRUE(is_sensitive_field(name)) << name;
    const auto line = format_event(Level::info, "e", {{name, "canary-0912"}}, "t");
    EXPECT_EQ(line.find("canary"), std::string::npos) << line;
    EXPECT_NE(line.find("\"***\""), std::string::npos) << line;
  }
}

TEST(Log, SensitiveNumbersAreHiddenToo) {
  const auto line = format_event(Level::info, "e", {{"phone", 912345678LL}}, "t");

  EXPECT_EQ(line.find("912345678"), std::string::npos);
}

TEST(Log, OurOwnKeysAreReadable) {
  EXPECT_FALSE(is_sensitive_field("idempotency_key"));
  EXPECT_FALSE(is_sensitive_field("event_key"));
  EXPECT_FALSE(is_sensitive_field("sku"));
  EXPECT_FALSE(is_sensitive_field("channel"));
}

TEST(Log, ControlCharactersCannotForgeALine) {
  const auto line = format_event(Level::error, "e", {{"why", "a\n{\"ts\":\"b\"}\\\x01"}}, "t");

  EXPECT_EQ(line.find('\n'), std::string::npos);
  EXPECT_NE(line.find(R"(a\u000a{\"ts\":\"b\"}\\\u0001)"), std::string::npos) << line;
}

}  // namespace
}  // namespace base

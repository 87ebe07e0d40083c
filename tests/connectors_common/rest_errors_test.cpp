#include "connectors/common/rest_errors.h"

#include <gtest/gtest.h>

#include "base/time_text.h"

namespace connectors::common {
namespace {

using base::ErrorCode;
using namespace std::chrono_literals;

base::Instant noon() {
  return *base::parse_iso("2026-11-24T12:00:00Z", std::chrono::minutes{0});
}

TEST(RetryAfter, ReadsSecondsAndDates) {
  EXPECT_EQ(parse_retry_after("0", noon()), 0ms);
  EXPECT_EQ(parse_retry_after(" 120 ", noon()), 120s);
  EXPECT_EQ(parse_retry_after("Tue, 24 Nov 2026 12:00:30 GMT", noon()), 30s);
  EXPECT_EQ(parse_retry_after("Tue, 24 Nov 2026 11:00:00 GMT", noon()), 0ms);
}

TEST(RetryAfter, IsCappedAtOneHour) {
  EXPECT_EQ(parse_retry_after("86400", noon()), 1h);
  EXPECT_EQ(parse_retry_after("99999999999999999999", noon()), 1h);
  EXPECT_EQ(parse_retry_after("Wed, 25 Nov 2026 12:00:00 GMT", noon()), 1h);
}

TEST(RetryAfter, ReadsNothingFromNonsense) {
  for (const auto* text :
       {"", "soon", "-5", "1.5", "Tue, 24 Foo 2026 12:00:30 GMT", "Tue, 31 Feb 2026 12:00:30 GMT",
        "Tue, 24 Nov 2026 25:00:30 GMT", "2026-11-24T12:00:30Z"}) {
    EXPECT_EQ(parse_retry_after(text, noon()), std::nullopt) << text;
  }
}

ErrorCode code_of(int status, Repeatable repeatable, Headers headers = {}) {
  const auto error = status_error({status, std::move(headers), ""}, repeatable, noon());
  return error.value().code;
}

TEST(StatusError, SaysWhatThePolicyMayDo) {
  EXPECT_FALSE(status_error({200, {}, ""}, Repeatable::yes, noon()).has_value());
  EXPECT_EQ(code_of(401, Repeatable::yes), ErrorCode::unauthorized);
  EXPECT_EQ(code_of(404, Repeatable::yes), ErrorCode::not_found);
  EXPECT_EQ(code_of(409, Repeatable::yes), ErrorCode::conflict);
  EXPECT_EQ(code_of(400, Repeatable::yes), ErrorCode::rejected);
  EXPECT_EQ(code_of(302, Repeatable::yes), ErrorCode::protocol);
  EXPECT_EQ(code_of(500, Repeatable::yes), ErrorCode::unavailable);
  EXPECT_EQ(code_of(500, Repeatable::no), ErrorCode::unknown_outcome);
  EXPECT_EQ(code_of(503, Repeatable::yes), ErrorCode::unavailable);
  EXPECT_EQ(code_of(503, Repeatable::no, {{"retry-after", "5"}}), ErrorCode::rate_limited);
}

TEST(StatusError, CarriesTheWaitAskedFor) {
  const auto error =
      status_error({429, {{"Retry-After", "7"}}, ""}, Repeatable::yes, noon()).value();

  EXPECT_EQ(error.code, ErrorCode::rate_limited);
  EXPECT_EQ(error.retry_after, 7s);
  EXPECT_EQ(error.vendor_code, "http_429");
}

TEST(WithoutSecrets, KeepsSchemeHostPortAndPathOnly) {
  EXPECT_EQ(without_secrets("https://u:p@h.example:8/a/b?k=s#f"), "https://h.example:8/a/b");
  EXPECT_EQ(without_secrets("/a?k=s"), "/a");
  EXPECT_EQ(without_secrets("https://h.example"), "https://h.example");
}

}  // namespace
}  // namespace connectors::common

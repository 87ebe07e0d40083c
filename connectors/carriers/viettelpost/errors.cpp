#include "connectors/carriers/viettelpost/errors.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/text.h"

namespace connectors::carriers::viettelpost {

namespace {

using base::Error;
using base::ErrorCode;

constexpr int kHttpUnauthorized = 401;
constexpr int kHttpForbidden = 403;
constexpr std::int64_t kGood = 200;
constexpr std::int64_t kTooMany = 429;
constexpr std::int64_t kServerTrouble = 500;

struct Row {
  std::string_view words;  // folded
  ErrorCode code;
};

// The first that matches decides: "không tồn tại" before "tồn tại".
constexpr auto kRows = std::to_array<Row>({
    {"token", ErrorCode::unauthorized},
    {"invalid owner account", ErrorCode::unauthorized},
    {"mat khau", ErrorCode::unauthorized},
    {"khong ton tai", ErrorCode::not_found},
    {"khong tim thay", ErrorCode::not_found},
    {"not exist", ErrorCode::not_found},
    {"not found", ErrorCode::not_found},
    {"da ton tai", ErrorCode::conflict},
    {"bi trung", ErrorCode::conflict},
    {"trung ma", ErrorCode::conflict},
    {"already exist", ErrorCode::conflict},
    {"duplicate", ErrorCode::conflict},
});

std::string message_of(const common::Json& body) {
  auto words = common::text(body, "message");
  if (!words.empty()) return words;
  for (const auto& one : common::items(body, "message")) return common::text_of(one);
  return "refused without a reason";
}

bool is_dead_token(const JsonAnswer& answer, std::int64_t status) {
  constexpr std::int64_t kBadToken = 204;
  constexpr std::int64_t kOldToken = 205;
  return status == kBadToken || status == kOldToken || answer.status == kHttpUnauthorized ||
         answer.status == kHttpForbidden;
}

ErrorCode code_of(const JsonAnswer& answer, std::int64_t status, const std::string& words,
                  Nature nature) {
  if (is_dead_token(answer, status)) return ErrorCode::unauthorized;
  if (status == kTooMany) return ErrorCode::rate_limited;
  if (status >= kServerTrouble) {
    return nature == Nature::write_once ? ErrorCode::unknown_outcome : ErrorCode::unavailable;
  }
  const auto folded = base::fold(words);
  for (const auto& row : kRows) {
    if (folded.find(row.words) != std::string::npos) return row.code;
  }
  return ErrorCode::rejected;
}

Error unreadable(Nature nature) {
  return {nature == Nature::write_once ? ErrorCode::unknown_outcome : ErrorCode::protocol,
          "Viettel Post: the answer is not in its envelope",
          {},
          {}};
}

}  // namespace

std::optional<Error> judge(const JsonAnswer& answer, Nature nature) {
  const bool enveloped = answer.body.is_object() && answer.body.has_field("error");
  if (!enveloped) {
    if (answer.status == kHttpUnauthorized || answer.status == kHttpForbidden) {
      return Error{ErrorCode::unauthorized, "Viettel Post: the token is not accepted", {}, {}};
    }
    if (answer.by_status) return answer.by_status;
    if (answer.body.is_array()) return std::nullopt;  // a price list comes without an envelope
    return unreadable(nature);
  }
  const auto status = common::integer(answer.body, "status").value_or(kGood);
  const bool failed = common::flag(answer.body, "error").value_or(true) || status != kGood;
  if (!failed) return answer.by_status;
  const auto words = message_of(answer.body);
  Error error{
      code_of(answer, status, words, nature), "Viettel Post: " + words, {}, std::to_string(status)};
  if (answer.by_status) error.retry_after = answer.by_status->retry_after;
  return error;
}

bool says_already_cancelled(const Error& error) {
  constexpr std::string_view kWords[] = {"da huy", "da bi huy", "already cancel"};
  const auto folded = base::fold(error.message);
  return std::any_of(std::begin(kWords), std::end(kWords), [&](std::string_view words) {
    return folded.find(words) != std::string::npos;
  });
}

}  // namespace connectors::carriers::viettelpost

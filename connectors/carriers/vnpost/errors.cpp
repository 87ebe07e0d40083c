#include "connectors/carriers/vnpost/errors.h"

#include <array>
#include <string>
#include <string_view>

#include "base/text.h"

namespace connectors::carriers::vnpost {

namespace {

using base::Error;
using base::ErrorCode;

constexpr int kUnauthorized = 401;
constexpr int kForbidden = 403;

struct Row {
  std::string_view words;  // folded
  ErrorCode code;
};
constexpr auto kRows = std::to_array<Row>({
    {"khong ton tai", ErrorCode::not_found},
    {"khong tim thay", ErrorCode::not_found},
    {"not exist", ErrorCode::not_found},
    {"not found", ErrorCode::not_found},
    {"da ton tai", ErrorCode::conflict},
    {"already exist", ErrorCode::conflict},
    {"unauthorized", ErrorCode::unauthorized},
    {"invalid credentials", ErrorCode::unauthorized},
    {"mat khau", ErrorCode::unauthorized},
});

std::string message_of(const common::Json& body) {
  for (const char* name : {"message", "Message", "errorMessage"}) {
    auto words = common::text(body, name);
    if (!words.empty()) return words;
  }
  return {};
}

ErrorCode code_by_words(const std::string& words, ErrorCode otherwise) {
  const auto folded = base::fold(words);
  for (const auto& row : kRows) {
    if (folded.find(row.words) != std::string::npos) return row.code;
  }
  return otherwise;
}

}  // namespace

std::optional<Error> judge(const JsonAnswer& answer, Nature nature) {
  const auto words = message_of(answer.body);
  if (answer.status == kUnauthorized || answer.status == kForbidden) {
    return Error{ErrorCode::unauthorized,
                 "VNPost: the token is not accepted",
                 {},
                 std::to_string(answer.status)};
  }
  if (answer.by_status) {
    auto error = *answer.by_status;
    if (error.code == ErrorCode::rejected) error.code = code_by_words(words, error.code);
    if (!words.empty()) error.message = "VNPost: " + words;
    error.vendor_code = std::to_string(answer.status);
    return error;
  }
  if (!answer.body.is_object() && !answer.body.is_array()) {
    return Error{nature == Nature::write_once ? ErrorCode::unknown_outcome : ErrorCode::protocol,
                 "VNPost: the answer cannot be read",
                 {},
                 {}};
  }
  if (common::flag(answer.body, "success").value_or(true)) return std::nullopt;
  return Error{code_by_words(words, ErrorCode::rejected),
               "VNPost: " + (words.empty() ? std::string{"refused without a reason"} : words),
               {},
               {}};
}

base::Result<Cancellation> cancellation(const common::Json& answer) {
  auto type = common::text(answer, "Type");
  if (type.empty()) type = common::text(answer, "type");
  if (type == "00") return Cancellation::done;
  if (type == "02") return Cancellation::awaits_approval;
  if (type.empty()) {
    return Error{ErrorCode::protocol, "VNPost: the answer lacks Type", {}, {}};
  }
  const auto words = message_of(answer);
  return Error{code_by_words(words, ErrorCode::rejected), "VNPost: " + words, {}, type};
}

}  // namespace connectors::carriers::vnpost

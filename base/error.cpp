#include "base/error.h"

#include "base/enum_names.h"

namespace base {
namespace {

constexpr EnumNames<ErrorCode, 9> kNames{{{
    {ErrorCode::invalid, "invalid"},
    {ErrorCode::protocol, "protocol"},
    {ErrorCode::rejected, "rejected"},
    {ErrorCode::not_found, "not_found"},
    {ErrorCode::conflict, "conflict"},
    {ErrorCode::unauthorized, "unauthorized"},
    {ErrorCode::rate_limited, "rate_limited"},
    {ErrorCode::unavailable, "unavailable"},
    {ErrorCode::unknown_outcome, "unknown_outcome"},
}}};

}  // namespace

std::string_view to_string(ErrorCode code) {
  return kNames.name(code);
}
std::optional<ErrorCode> error_code_from(std::string_view text) {
  return kNames.value(text);
}

}  // namespace base

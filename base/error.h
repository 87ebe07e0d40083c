#pragma once
// What went wrong, in the words a policy can act on (docs/adr/0002-errors.md).
//
// A connector or parser returns `Error` inside a `Result`; the caller decides by `code` alone. The
// message is for people and for the log: it never holds a token, a key or a buyer's data.
// Threads: values, copy freely.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace base {

enum class ErrorCode {
  invalid,          // our request is wrong: a bug or bad configuration here
  protocol,         // the other side answered something we cannot read
  rejected,         // refused for a business reason; parked for a person
  not_found,        // the object is gone: bind again
  conflict,         // it exists or moved: read again
  unauthorized,     // the token is not accepted: refresh once
  rate_limited,     // wait `retry_after`; no attempt is spent
  unavailable,      // not reached, or a read failed: back off and repeat
  unknown_outcome,  // a write may have happened: read back before any repeat
};

struct Error {
  ErrorCode code = ErrorCode::invalid;
  std::string message;
  std::optional<std::chrono::milliseconds> retry_after;
  std::string vendor_code;  // the channel's own code, kept raw
};

// "rate_limited" and so on; stable, used in the database and in --json.
std::string_view to_string(ErrorCode code);
std::optional<ErrorCode> error_code_from(std::string_view text);

}  // namespace base

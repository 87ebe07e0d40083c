#pragma once
// How the house reads and writes JSON: cpprest's web::json behind a careful door.
//
// Only a connector's .cpp files and private headers include this: cpprest's headers are heavy.
// parse_json() first makes the text safe, because web::json prints 19.99 as 19.989999999999998 and
// refuses a whole page for one lone surrogate:
//   - bytes that are not UTF-8 and lone surrogate escapes become U+FFFD; raw control characters in
//     a string are escaped; a leading BOM is dropped
//   - a number that is not an integer of at most 18 digits is held as a *string* of its own
//     characters: 19.99 is "19.99", an id beyond 2^63 keeps every digit. No double ever appears.
// Errors: protocol, saying what came instead (nothing, a web page, too deep, too large, bad JSON).
// The getters never fail: what is missing or of another kind reads as nothing. They take any value,
// so `text(*child(v, "a"), "b")` needs a check, `text_at(v, "a", "b")` does not. Nothing here
// throws. Threads: values. Source: cpprestsdk 2.10.18, RFC 8259.
#ifndef _TURN_OFF_PLATFORM_STRING
#define _TURN_OFF_PLATFORM_STRING  // NOLINT: or cpprest defines a macro named U
#endif
#include <cpprest/json.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace connectors::common {

using Json = web::json::value;
using JsonPath = std::initializer_list<std::string_view>;

inline constexpr std::size_t kJsonBytesMax = std::size_t{16} << 20;
inline constexpr int kJsonDepthMax = 32;

base::Result<Json> parse_json(std::string_view body, std::size_t bytes_max = kJsonBytesMax);

// The member at the end of the path, or null. The plain form of every getter below reads one name.
const Json* child_at(const Json& value, JsonPath path);
template <typename... Names>
const Json* child(const Json& value, const Names&... names) {
  return child_at(value, {std::string_view{names}...});
}

// A string as it is, an integer as its digits; anything else: nothing (text() gives "").
std::optional<std::string> text_if(const Json& value, std::string_view name);
std::string text(const Json& value, std::string_view name);
std::string text_of(const Json& value);
// From a number or from a string of digits, exactly; nothing when it has a fraction or overflows.
std::optional<std::int64_t> integer(const Json& value, std::string_view name);
std::optional<std::int64_t> integer_of(const Json& value);
// Whole đồng: 65000, "65000", "65000.00", "65,000.00"; a fraction of a đồng reads as nothing.
std::optional<std::int64_t> money_vnd(const Json& value, std::string_view name);
std::optional<std::int64_t> money_vnd_of(const Json& value);
std::optional<std::int64_t> parse_money_vnd(std::string_view text);
// true, false, 0, 1 and the strings "true", "false", "yes", "no", "0", "1".
std::optional<bool> flag(const Json& value, std::string_view name);
// The elements of an array member, for range-for; empty when it is none. Valid as long as `value`.
std::span<const Json> items(const Json& value, std::string_view name);
std::span<const Json> items_of(const Json& value);

template <typename... Names>
std::string text_at(const Json& value, const Names&... names) {
  const Json* found = child(value, names...);
  return found == nullptr ? std::string{} : text_of(*found);
}
template <typename... Names>
std::optional<std::int64_t> integer_at(const Json& value, const Names&... names) {
  const Json* found = child(value, names...);
  return found == nullptr ? std::nullopt : integer_of(*found);
}

// Building. Text is repaired to UTF-8; money and decimals travel as strings.
Json json_string(std::string_view text);
Json json_number(std::int64_t number);
Json json_flag(bool on);  // NOLINT: a JSON boolean has no other name
Json json_object(const std::vector<std::pair<std::string, Json>>& members);
Json json_array(std::vector<Json> elements);

// Compact, members in name order.
std::string to_text(const Json& value);

}  // namespace connectors::common

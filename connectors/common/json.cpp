#include "connectors/common/json.h"

#include <algorithm>
#include <charconv>
#include <exception>
#include <system_error>

#include "base/text.h"
#include "connectors/common/json_repair.h"

namespace connectors::common {

namespace {

using base::Error;
using base::ErrorCode;

Error not_json(const std::string& why) {
  return {ErrorCode::protocol, "the answer is not acceptable JSON: " + why, {}, {}};
}

std::string_view without_bom(std::string_view body) {
  if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
  return body;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  text = base::trim(text);
  if (text.starts_with('+')) return std::nullopt;
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, number);
  if (failure != std::errc{} || stop != end) return std::nullopt;
  return number;
}

const Json* member(const Json& value, std::string_view name) {
  if (!value.is_object()) return nullptr;
  const auto& object = value.as_object();
  const auto found = object.find(std::string{name});
  return found == object.end() ? nullptr : &found->second;
}

bool is_thousands_grouped(std::string_view whole) {
  std::size_t group = 0;
  bool first = true;
  for (const char c : whole) {
    if (c != ',') {
      ++group;
      continue;
    }
    if (first ? (group == 0 || group > 3) : group != 3) return false;
    first = false;
    group = 0;
  }
  return first || group == 3;
}

}  // namespace

base::Result<Json> parse_json(std::string_view body, std::size_t bytes_max) {
  if (body.size() > bytes_max) {
    return not_json("it is larger than " + std::to_string(bytes_max) + " bytes");
  }
  const std::string_view trimmed = base::trim(without_bom(body));
  if (trimmed.empty()) return not_json("the body is empty");
  if (trimmed.front() == '<') return not_json("a web page or XML came instead");

  const auto safe = repair_json(trimmed, kJsonDepthMax);
  if (!safe) return safe.error();
  try {
    std::error_code failure;
    auto value = Json::parse(safe.value(), failure);
    if (failure) return not_json("bad syntax");
    return value;
  } catch (const std::exception&) {
    return not_json("bad syntax");
  }
}

const Json* child_at(const Json& value, JsonPath path) {
  const Json* at = &value;
  for (const std::string_view name : path) {
    at = member(*at, name);
    if (at == nullptr) return nullptr;
  }
  return at;
}

std::optional<std::string> text_if(const Json& value, std::string_view name) {
  const Json* found = member(value, name);
  if (found == nullptr) return std::nullopt;
  if (found->is_string()) return found->as_string();
  if (found->is_integer()) return std::to_string(found->as_number().to_int64());
  return std::nullopt;
}

std::string text(const Json& value, std::string_view name) {
  return text_if(value, name).value_or(std::string{});
}

std::string text_of(const Json& value) {
  if (value.is_string()) return value.as_string();
  if (value.is_integer()) return std::to_string(value.as_number().to_int64());
  return {};
}

std::optional<std::int64_t> integer_of(const Json& value) {
  if (value.is_string()) return parse_integer(value.as_string());
  if (value.is_integer() && value.as_number().is_int64()) return value.as_number().to_int64();
  return std::nullopt;
}

std::optional<std::int64_t> integer(const Json& value, std::string_view name) {
  const Json* found = member(value, name);
  return found == nullptr ? std::nullopt : integer_of(*found);
}

// A fraction of three zeros after at most three digits is refused: "65.000" is how people here
// write sixty-five thousand, and how machines elsewhere write sixty-five.
std::optional<std::int64_t> parse_money_vnd(std::string_view text) {
  text = base::trim(text);
  const std::size_t dot = text.find('.');
  std::string whole{text.substr(0, dot)};
  if (dot != std::string_view::npos) {
    const std::string_view fraction = text.substr(dot + 1);
    if (fraction.find_first_not_of('0') != std::string_view::npos) return std::nullopt;
    if (fraction.size() == 3 && whole.size() <= 4 && whole.find(',') == std::string::npos) {
      const std::size_t digits = whole.starts_with('-') ? whole.size() - 1 : whole.size();
      if (digits <= 3) return std::nullopt;
    }
  }
  std::string_view unsigned_part = whole;
  if (unsigned_part.starts_with('-')) unsigned_part.remove_prefix(1);
  if (!is_thousands_grouped(unsigned_part)) return std::nullopt;
  std::erase(whole, ',');
  return parse_integer(whole);
}

std::optional<std::int64_t> money_vnd_of(const Json& value) {
  if (value.is_string()) return parse_money_vnd(value.as_string());
  return integer_of(value);
}

std::optional<std::int64_t> money_vnd(const Json& value, std::string_view name) {
  const Json* found = member(value, name);
  return found == nullptr ? std::nullopt : money_vnd_of(*found);
}

std::optional<bool> flag(const Json& value, std::string_view name) {
  const Json* found = member(value, name);
  if (found == nullptr) return std::nullopt;
  if (found->is_boolean()) return found->as_bool();
  const std::string word = text_of(*found);
  if (word == "true" || word == "yes" || word == "1") return true;
  if (word == "false" || word == "no" || word == "0") return false;
  return std::nullopt;
}

std::span<const Json> items_of(const Json& value) {
  if (!value.is_array()) return {};
  const auto& array = value.as_array();
  return {array.begin(), array.end()};
}

std::span<const Json> items(const Json& value, std::string_view name) {
  const Json* found = member(value, name);
  return found == nullptr ? std::span<const Json>{} : items_of(*found);
}

}  // namespace connectors::common

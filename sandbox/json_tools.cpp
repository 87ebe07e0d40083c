#include "sandbox/json_tools.h"

#include <charconv>

namespace sandbox {

using web::json::value;

std::string text_in(const value& object, const std::string& name, const std::string& fallback) {
  if (!object.is_object() || !object.has_field(name)) return fallback;
  const auto& found = object.at(name);
  if (found.is_string()) return found.as_string();
  return found.is_number() || found.is_boolean() ? found.serialize() : fallback;
}

std::optional<std::int64_t> to_integer(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc{} || end != text.data() + text.size() || text.empty()) {
    return std::nullopt;
  }
  return number;
}

std::optional<std::int64_t> integer_in(const value& object, const std::string& name) {
  if (!object.is_object() || !object.has_field(name)) return std::nullopt;
  const auto& found = object.at(name);
  if (found.is_integer()) return found.as_number().to_int64();
  if (found.is_double()) return static_cast<std::int64_t>(found.as_double());
  return found.is_string() ? to_integer(found.as_string()) : std::nullopt;
}

std::optional<value> read_json(const std::string& text) {
  std::error_code problem;
  auto parsed = value::parse(text, problem);
  if (problem) return std::nullopt;
  return parsed;
}

value empty_list() {
  return value::array();
}

void set_each(value& object, std::initializer_list<const char*> names, const value& with) {
  for (const char* name : names) object[name] = with;
}

void push(value& list, value item) {
  list[list.size()] = std::move(item);
}

}  // namespace sandbox

#pragma once
// Small readers over web::json for the sandbox: missing or of another kind reads as the fallback.
#include <cpprest/json.h>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace sandbox {

std::string text_in(const web::json::value& object, const std::string& name,
                    const std::string& fallback = "");
// From a number or a string of digits.
std::optional<std::int64_t> integer_in(const web::json::value& object, const std::string& name);
std::optional<std::int64_t> to_integer(std::string_view text);
// Nullopt when it is no JSON at all.
std::optional<web::json::value> read_json(const std::string& text);
inline web::json::value js(const std::string& text) {
  return web::json::value::string(text);
}
inline web::json::value js(const char* text) {
  return web::json::value::string(text);
}
inline web::json::value jn(std::int64_t number) {
  return web::json::value::number(number);
}
inline web::json::value jb(bool on) {
  return web::json::value::boolean(on);
}
web::json::value empty_list();
// The same value for several members. Never chain `o["a"] = o["b"] = v`: a new member moves the
// others, and the reference to "b" is gone before "a" is written.
void set_each(web::json::value& object, std::initializer_list<const char*> names,
              const web::json::value& with);
void push(web::json::value& list, web::json::value item);

}  // namespace sandbox

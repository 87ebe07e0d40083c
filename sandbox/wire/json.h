#pragma once
// JSON as the simulated shops read and write it: strict types out, lenient scalars in.
//
//   object({{"item_id", id}, {"item_name", name}})      keeps the value's JSON type
//   integer(body, "stock")                              12, "12" and 12.0 read alike
//
// Nothing here throws. Threads: values.
#include <cpprest/json.h>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox::wire {

using Json = web::json::value;

struct Field {
  std::string key;
  Json value;
  Field(const char* name, const char* text);
  Field(const char* name, const std::string& text);
  Field(const char* name, bool flag);
  Field(const char* name, int number);
  Field(const char* name, std::int64_t number);
  Field(const char* name, double number);
  Field(const char* name, Json json);
};

Json object(std::initializer_list<Field> fields);
Json array(std::vector<Json> elements);
Json texts(const std::vector<std::string>& elements);

// Nothing when the bytes are not one JSON document.
std::optional<Json> parse(const std::string& bytes);

// A scalar as text: numbers and booleans printed, everything else "".
std::string as_text(const Json& value);
std::optional<std::int64_t> as_integer(const Json& value);
std::optional<double> as_number(const Json& value);
std::optional<bool> as_flag(const Json& value);
std::vector<Json> as_list(const Json& value);  // empty unless an array
std::optional<std::int64_t> to_integer(std::string_view digits);

// The member, null when absent or when `from` is no object.
Json member(const Json& from, const char* key);
bool has(const Json& from, const char* key);
std::string text(const Json& from, const char* key);
std::int64_t integer(const Json& from, const char* key, std::int64_t otherwise = 0);
std::vector<Json> list(const Json& from, const char* key);

// The members of a JSON object in their order, as form parameters: scalars as text, objects and
// arrays with the white space outside strings taken out, otherwise byte for byte as sent.
std::optional<std::vector<std::pair<std::string, std::string>>> members_as_sent(
    const std::string& bytes);

}  // namespace sandbox::wire

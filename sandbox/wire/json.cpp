#include "sandbox/wire/json.h"

#include <charconv>
#include <cmath>

namespace sandbox::wire {

Field::Field(const char* name, const char* text_value)
    : key(name), value(Json::string(text_value)) {}
Field::Field(const char* name, const std::string& text_value)
    : key(name), value(Json::string(text_value)) {}
Field::Field(const char* name, bool flag) : key(name), value(Json::boolean(flag)) {}
Field::Field(const char* name, int number) : key(name), value(Json::number(number)) {}
Field::Field(const char* name, std::int64_t number) : key(name), value(Json::number(number)) {}
Field::Field(const char* name, double number) : key(name), value(Json::number(number)) {}
Field::Field(const char* name, Json json) : key(name), value(std::move(json)) {}

Json object(std::initializer_list<Field> fields) {
  auto made = Json::object(true);
  for (const auto& field : fields) made[field.key] = field.value;
  return made;
}

Json array(std::vector<Json> elements) {
  return Json::array(std::move(elements));
}

Json texts(const std::vector<std::string>& elements) {
  std::vector<Json> out;
  for (const auto& element : elements) out.push_back(Json::string(element));
  return array(std::move(out));
}

std::optional<Json> parse(const std::string& bytes) {
  try {
    return Json::parse(bytes);
  } catch (const std::exception&) {  // json_exception, or range_error for a lone surrogate
    return std::nullopt;
  }
}

std::optional<std::int64_t> to_integer(std::string_view digits) {
  std::int64_t number = 0;
  const auto* end = digits.data() + digits.size();
  const auto [stop, problem] = std::from_chars(digits.data(), end, number);
  if (problem != std::errc{} || stop != end || digits.empty()) return std::nullopt;
  return number;
}

std::string as_text(const Json& value) {
  if (value.is_string()) return value.as_string();
  if (value.is_number() || value.is_boolean()) return value.serialize();
  return {};
}

std::optional<std::int64_t> as_integer(const Json& value) {
  if (value.is_string()) return to_integer(value.as_string());
  if (!value.is_number()) return std::nullopt;
  if (value.as_number().is_int64()) return value.as_number().to_int64();
  const auto number = value.as_double();
  if (std::abs(number) > 9e15 || number != std::floor(number)) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

std::optional<double> as_number(const Json& value) {
  if (value.is_number()) return value.as_double();
  if (!value.is_string() || value.as_string().empty()) return std::nullopt;
  double number = 0;
  const auto& digits = value.as_string();
  const auto* end = digits.data() + digits.size();
  const auto [stop, problem] = std::from_chars(digits.data(), end, number);
  if (problem != std::errc{} || stop != end || !std::isfinite(number)) return std::nullopt;
  return number;
}

std::optional<bool> as_flag(const Json& value) {
  if (value.is_boolean()) return value.as_bool();
  const auto said = as_text(value);
  if (said == "true" || said == "True" || said == "1") return true;
  if (said == "false" || said == "False" || said == "0") return false;
  return std::nullopt;
}

std::vector<Json> as_list(const Json& value) {
  if (!value.is_array()) return {};
  return {value.as_array().begin(), value.as_array().end()};
}

Json member(const Json& from, const char* key) {
  if (!from.is_object()) return {};
  const auto found = from.as_object().find(key);
  return found == from.as_object().end() ? Json{} : found->second;
}

bool has(const Json& from, const char* key) {
  return !member(from, key).is_null();
}
std::string text(const Json& from, const char* key) {
  return as_text(member(from, key));
}
std::vector<Json> list(const Json& from, const char* key) {
  return as_list(member(from, key));
}

std::int64_t integer(const Json& from, const char* key, std::int64_t otherwise) {
  return as_integer(member(from, key)).value_or(otherwise);
}

namespace {

bool blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Walks the text of one JSON object that is known to be well formed.
class Walker {
 public:
  explicit Walker(const std::string& bytes) : bytes_(bytes) {}

  bool next(std::string& key, std::string& raw) {
    skip_to_string();
    if (at_ >= bytes_.size()) return false;
    key = value();
    while (at_ < bytes_.size() && (blank(bytes_[at_]) || bytes_[at_] == ':')) ++at_;
    raw = value();
    return true;
  }

 private:
  void skip_to_string() {
    while (at_ < bytes_.size() && bytes_[at_] != '"' && bytes_[at_] != '}') ++at_;
    if (at_ < bytes_.size() && bytes_[at_] == '}') at_ = bytes_.size();
  }

  // One value, white space outside strings left out.
  std::string value() {
    std::string out;
    int depth = 0;
    bool quoted = false;
    for (; at_ < bytes_.size(); ++at_) {
      const char c = bytes_[at_];
      if (quoted) {
        out.push_back(c);
        if (c == '\\' && at_ + 1 < bytes_.size()) {
          out.push_back(bytes_[++at_]);
        } else if (c == '"') {
          quoted = false;
          if (depth == 0) return ++at_, out;
        }
        continue;
      }
      if (blank(c)) continue;
      if (depth == 0 && (c == ',' || c == '}')) return out;
      out.push_back(c);
      if (c == '"') quoted = true;
      if (c == '{' || c == '[') ++depth;
      if ((c == '}' || c == ']') && --depth == 0) return ++at_, out;
    }
    return out;
  }

  const std::string& bytes_;
  std::size_t at_ = 1;  // behind the opening brace
};

}  // namespace

std::optional<std::vector<std::pair<std::string, std::string>>> members_as_sent(
    const std::string& bytes) {
  const auto first = bytes.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return std::vector<std::pair<std::string, std::string>>{};
  const auto whole = parse(bytes);
  if (!whole || !whole->is_object()) return std::nullopt;
  std::vector<std::pair<std::string, std::string>> out;
  const auto trimmed = bytes.substr(first);
  Walker walker(trimmed);
  std::string key;
  std::string raw;
  while (walker.next(key, raw)) {
    const auto name = parse(key);
    if (!name || !name->is_string()) return std::nullopt;
    if (raw == "null") raw.clear();
    if (!raw.empty() && raw.front() == '"') {
      const auto decoded = parse(raw);
      raw = decoded && decoded->is_string() ? decoded->as_string() : raw;
    }
    out.emplace_back(name->as_string(), raw);
  }
  return out;
}

}  // namespace sandbox::wire

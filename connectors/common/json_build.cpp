#include "connectors/common/json.h"
#include "connectors/common/utf8.h"

namespace connectors::common {

Json json_string(std::string_view text) {
  return Json::string(repair_utf8(text));
}

Json json_number(std::int64_t number) {
  return Json::number(number);
}

Json json_flag(bool on) {
  return Json::boolean(on);
}

Json json_object(const std::vector<std::pair<std::string, Json>>& members) {
  Json object = Json::object();
  for (const auto& [name, value] : members) object[name] = value;
  return object;
}

Json json_array(std::vector<Json> elements) {
  return Json::array(std::move(elements));
}

std::string to_text(const Json& value) {
  return value.serialize();
}

}  // namespace connectors::common

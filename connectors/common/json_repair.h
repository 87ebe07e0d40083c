#pragma once
// Makes a reply's text safe for web::json; the rules are in json.h. Private to this folder.
#include <string>
#include <string_view>

#include "base/result.h"

namespace connectors::common {

// Errors: protocol, for nesting beyond depth_max and for characters that no JSON text has outside
// its strings. Everything else is left for the parser to judge.
base::Result<std::string> repair_json(std::string_view body, int depth_max);

}  // namespace connectors::common

#pragma once
// Viettel Post's envelope and its place lists. Nothing throws. Threads: constants.
#include <cpprest/json.h>

#include <cstdint>
#include <optional>
#include <string>

#include "server/http/server.h"

namespace sandbox::carriers {

// {"status","error","message","data":null}; an error is any status but 200.
web::json::value envelope(std::int64_t status, const std::string& message);
// The answer when the path is one of the place lists.
std::optional<web::json::value> viettelpost_places(const server::http::Request& request);
// Whether the ids belong together: three levels, or two with district 0.
bool viettelpost_knows(std::int64_t province, std::int64_t district, std::int64_t ward);

}  // namespace sandbox::carriers

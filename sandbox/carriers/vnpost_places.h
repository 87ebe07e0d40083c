#pragma once
// MyVNPost's place lists. Since July 2025 there are no districts; both levels hang together by the
// constant kNoDistrict. Nothing throws. Threads: constants.
#include <cpprest/json.h>

#include <optional>
#include <string>

namespace sandbox::carriers {

inline constexpr const char* kNoDistrict = "VNPOST";

// The answer when the path (without /customer-partner) is one of the place lists.
std::optional<web::json::value> vnpost_places(const std::string& path);
bool vnpost_knows(const std::string& province, const std::string& district,
                  const std::string& commune);

}  // namespace sandbox::carriers

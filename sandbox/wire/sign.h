#pragma once
// HMAC-SHA256 as both vendors use it: the key is the text of the key, never its decoded hex.
// Threads: safe.
#include <string>
#include <string_view>

namespace sandbox::wire {

std::string hmac_hex_lower(std::string_view key, std::string_view message);
std::string hmac_hex_upper(std::string_view key, std::string_view message);
// 32 lower-case hex digits of content, for ids that depend on the bytes alone.
std::string content_id(std::string_view content);
// Exact, letter case included; compares without an early way out.
bool same_signature(std::string_view expected, std::string_view given);

}  // namespace sandbox::wire

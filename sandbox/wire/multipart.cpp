#include "sandbox/wire/multipart.h"

#include <algorithm>

namespace sandbox::wire {
namespace {

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

// The value of `name` in `form-data; name="a"; filename="b.jpg" `, quotes taken off.
std::optional<std::string> parameter(std::string_view line, std::string_view name) {
  std::size_t at = line.find(';');
  while (at != std::string_view::npos) {
    auto rest = trim(line.substr(at + 1));
    const auto equals = rest.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const bool wanted = lower(trim(rest.substr(0, equals))) == name;
    rest = trim(rest.substr(equals + 1));
    std::string value;
    std::size_t used = 0;
    if (!rest.empty() && rest.front() == '"') {
      for (used = 1; used < rest.size() && rest[used] != '"'; ++used) {
        if (rest[used] == '\\' && used + 1 < rest.size()) ++used;
        value.push_back(rest[used]);
      }
    } else {
      used = std::min(rest.find(';'), rest.size());
      value = std::string(trim(rest.substr(0, used)));
    }
    if (wanted) return value;
    line = rest;
    at = line.find(';', std::min(used, line.size()));
  }
  return std::nullopt;
}

Part read_part(std::string_view head, std::string_view body) {
  Part part;
  part.body = std::string(body);
  while (!head.empty()) {
    const auto end = head.find('\n');
    auto line = head.substr(0, end);
    head = end == std::string_view::npos ? std::string_view{} : head.substr(end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const auto key = lower(trim(line.substr(0, colon)));
    const auto value = trim(line.substr(colon + 1));
    if (key == "content-disposition") {
      part.name = parameter(value, "name").value_or("");
      part.filename = parameter(value, "filename");
    } else if (key == "content-type") {
      part.content_type = std::string(value);
    }
  }
  return part;
}

}  // namespace

std::string media_type(std::string_view content_type) {
  return lower(trim(content_type.substr(0, content_type.find(';'))));
}

std::optional<std::vector<Part>> parse_multipart(std::string_view content_type,
                                                 std::string_view body) {
  const auto boundary = parameter(content_type, "boundary");
  if (!boundary || boundary->empty()) return std::nullopt;
  const auto fence = "--" + *boundary;
  std::vector<Part> parts;
  auto at = body.find(fence);
  while (at != std::string_view::npos) {
    auto rest = body.substr(at + fence.size());
    if (rest.substr(0, 2) == "--") return parts;
    if (rest.substr(0, 2) == "\r\n") rest.remove_prefix(2);
    const auto next = rest.find("\r\n" + fence);
    if (next == std::string_view::npos) return std::nullopt;
    const auto content = rest.substr(0, next);
    const auto blank_line = content.find("\r\n\r\n");
    if (blank_line == std::string_view::npos || parts.size() == kPartsMax) return std::nullopt;
    parts.push_back(read_part(content.substr(0, blank_line), content.substr(blank_line + 4)));
    at = static_cast<std::size_t>(rest.data() - body.data()) + next + 2;
  }
  return std::nullopt;
}

}  // namespace sandbox::wire

#include "connectors/common/sheet/points.h"

namespace connectors::common {
namespace {

struct Lead {
  int more;  // bytes that follow
  char32_t bits;
};

Lead lead_of(unsigned char byte) {
  if (byte < 0x80) return {0, byte};
  if (byte >= 0xC2 && byte < 0xE0) return {1, byte & 0x1FU};
  if (byte >= 0xE0 && byte < 0xF0) return {2, byte & 0x0FU};
  if (byte >= 0xF0 && byte < 0xF5) return {3, byte & 0x07U};
  return {0, 0xFFFD};
}

}  // namespace

char32_t take_point(std::string_view& rest) {
  const auto lead = lead_of(static_cast<unsigned char>(rest.front()));
  rest.remove_prefix(1);
  char32_t point = lead.bits;
  for (int i = 0; i < lead.more; ++i) {
    if (rest.empty() || (static_cast<unsigned char>(rest.front()) & 0xC0) != 0x80) return 0xFFFD;
    point = (point << 6) | (static_cast<unsigned char>(rest.front()) & 0x3FU);
    rest.remove_prefix(1);
  }
  return point;
}

void append_point(std::string& out, char32_t point) {
  const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (point < 0x80) return put(point);
  if (point < 0x800) {
    put(0xC0 | (point >> 6));
  } else if (point < 0x10000) {
    put(0xE0 | (point >> 12));
    put(0x80 | ((point >> 6) & 0x3F));
  } else {
    put(0xF0 | (point >> 18));
    put(0x80 | ((point >> 12) & 0x3F));
    put(0x80 | ((point >> 6) & 0x3F));
  }
  put(0x80 | (point & 0x3F));
}

std::u32string to_points(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  while (!text.empty()) out.push_back(take_point(text));
  return out;
}

std::string to_utf8(std::u32string_view points) {
  std::string out;
  out.reserve(points.size() * 2);
  for (const auto point : points) append_point(out, point);
  return out;
}

}  // namespace connectors::common

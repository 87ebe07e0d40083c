#include "feed/rules.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/text.h"
#include "base/time_text.h"

namespace feed {
namespace {

constexpr int kGramsOfKilogram = 1'000;

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

// A "<" that opens a tag: a letter or "/" follows and it is closed.
bool opens_tag(std::string_view rest) {
  if (rest.size() < 3 || rest.front() != '<') return false;
  const char next = rest[1];
  const bool letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || next == '/';
  return letter && rest.find('>') != std::string_view::npos;
}

bool is_web_address(std::string_view url) {
  return (url.starts_with("https://") || url.starts_with("http://")) &&
         url.find_first_of(" <>\"") == std::string_view::npos && base::code_points(url) <= kLinkMax;
}

}  // namespace

std::string_view to_string(Availability availability) {
  return availability == Availability::in_stock ? "in_stock" : "out_of_stock";
}

std::string plain_text(std::string_view text, std::size_t code_points_max) {
  const auto normal = base::normalise(text);
  std::string out;
  for (std::size_t at = 0; at < normal.size(); ++at) {
    const auto rest = std::string_view(normal).substr(at);
    if (opens_tag(rest)) {
      at += rest.find('>');
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else if (is_space(rest.front())) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else if (!is_control(rest.front())) {
      out += rest.front();
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  if (base::code_points(out) <= code_points_max) return out;
  auto cut = base::shorten(out, code_points_max);
  // At a word, unless that loses more than a fifth.
  const auto space = cut.rfind(' ');
  constexpr std::size_t kKeepOfFive = 4;
  if (space != std::string::npos && space * 5 >= cut.size() * kKeepOfFive) cut.resize(space);
  return cut;
}

bool is_gtin(std::string_view digits) {
  constexpr std::array<std::size_t, 4> kLengths = {8, 12, 13, 14};
  if (std::find(kLengths.begin(), kLengths.end(), digits.size()) == kLengths.end()) return false;
  if (digits.find_first_not_of("0123456789") != std::string_view::npos) return false;
  if (digits.find_first_not_of('0') == std::string_view::npos) return false;
  int sum = 0;
  int weight = 1;  // of the check digit itself, from the right
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    sum += (*digit - '0') * weight;
    weight = weight == 1 ? 3 : 1;
  }
  if (sum % 10 != 0) return false;
  if (digits.size() == 12) return digits[0] != '2' && digits[0] != '4';
  if (digits.size() != 13) return true;
  return digits[0] != '2' && !digits.starts_with("02") && !digits.starts_with("04");
}

std::string price_text(catalog::Money price) {
  return std::to_string(price.minor) + " VND";
}

std::optional<UnitPricing> unit_pricing(int net_weight_g) {
  if (net_weight_g <= 0) return std::nullopt;
  if (net_weight_g < kGramsOfKilogram) {
    return UnitPricing{std::to_string(net_weight_g) + " g", "100 g"};
  }
  if (net_weight_g % kGramsOfKilogram == 0) {
    return UnitPricing{std::to_string(net_weight_g / kGramsOfKilogram) + " kg", "1 kg"};
  }
  return UnitPricing{std::to_string(net_weight_g) + " g", "1 kg"};
}

std::string weight_text(int grams) {
  if (grams <= 0) return {};
  char text[32];
  std::snprintf(text, sizeof text, "%d.%03d", grams / kGramsOfKilogram, grams % kGramsOfKilogram);
  std::string out = text;
  while (out.back() == '0') out.pop_back();
  if (out.back() == '.') out.pop_back();
  return out + " kg";
}

std::string expiration(std::string_view local_day, base::Instant now) {
  const auto day = base::parse_local(local_day);
  if (!day) return {};
  const auto end = *day + std::chrono::days{1} - std::chrono::seconds{1};
  if (end <= now || end - now > kExpirationAhead) return {};
  return base::local_iso(end);
}

std::optional<Flaw> flaw_of(const Item& item) {
  if (item.id.empty() || base::code_points(item.id) > kIdMax) {
    return Flaw{"mã hàng trống hoặc dài hơn 50 ký tự", "its SKU is empty or longer than 50 signs"};
  }
  if (item.title.empty()) return Flaw{"không có tên", "it has no title"};
  if (item.description.empty()) return Flaw{"không có mô tả", "it has no description"};
  if (item.price.minor <= 0) return Flaw{"không có giá", "it has no price"};
  if (!is_web_address(item.link)) {
    return Flaw{"không có trang bán (feed_link_base)", "it has no page (feed_link_base)"};
  }
  if (!is_web_address(item.image_link)) {
    return Flaw{"không có ảnh, hoặc thiếu feed_images_base",
                "it has no picture, or feed_images_base is missing"};
  }
  return std::nullopt;
}

}  // namespace feed

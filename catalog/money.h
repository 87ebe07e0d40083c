#pragma once
// An exact amount in one currency. The house sells in đồng, which has no minor unit: 65000 VND is
// 65 000 đ. Adding two currencies is a bug and asserts. Nothing here throws. Threads: values.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace catalog {

enum class Currency { vnd };

struct Money {
  std::int64_t minor = 0;  // count of the smallest unit
  Currency currency = Currency::vnd;

  bool operator==(const Money&) const = default;
};

Money operator+(Money a, Money b);
Money operator-(Money a, Money b);
Money operator*(Money unit, std::int64_t quantity);

inline constexpr std::int64_t kPriceMax = 1'000'000'000'000;  // 1 000 billion đồng

// `parts` amounts that sum to `total` exactly; the first carry the remainder. parts >= 1.
std::vector<Money> split(Money total, int parts);
// "65.000 đ"
std::string to_text(Money amount);
// As people type it: 65000, 65.000, 65 000đ, 65k, 25 nghìn, 1tr2, 1,2 triệu, 45000.00. Anything
// that could be read two ways is refused (docs/import-format.md).
std::optional<Money> parse_money(std::string_view text);

}  // namespace catalog

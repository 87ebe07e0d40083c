#include "connectors/lazada/featuring.h"

#include "base/time_text.h"

namespace connectors::lazada {

namespace {

using base::Error;
using base::ErrorCode;

// "2026-12-01 08:30"
std::string minute(base::Instant at) {
  auto text = base::local_iso(at).substr(0, 16);
  text[10] = ' ';
  return text;
}

std::optional<Error> problem_with(const FeaturedItem& item) {
  const auto refused = [&](const std::string& what) {
    return Error{ErrorCode::rejected, "Lazada: " + item.sku.text + " " + what, {}, {}};
  };
  if (item.binding.unit_id.empty()) return refused("is not on Lazada");
  if (item.rank == 0 && item.price <= 0) return refused("needs its everyday price");
  if (item.rank == 0 || !item.special_price) return std::nullopt;
  if (*item.special_price <= 0) return refused("needs a special price above 0");
  if (*item.special_price >= item.price) return refused("has a special price that is none");
  if (item.to <= item.from) return refused("has a window that ends before it begins");
  return std::nullopt;
}

}  // namespace

std::string LazadaFeaturing::what_it_does_vi() const {
  return "Lazada hiện giá khuyến mãi trong thời gian đã chọn; không ghim được sản phẩm lên đầu.";
}

std::string LazadaFeaturing::what_it_does_en() const {
  return "Lazada shows the special price during the chosen window; it pins no product to the top.";
}

PushReport LazadaFeaturing::feature(std::span<const FeaturedItem> items) {
  PushReport report;
  std::vector<SkuRow> rows;
  const auto now = client_.now();
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto& item = items[i];
    if (const auto problem = problem_with(item)) {
      report.rejected.push_back({i, *problem});
      continue;
    }
    if (item.rank > 0 && !item.special_price) {
      report.accepted.push_back(i);
      continue;
    }
    SkuRow row{i, item.binding, item.sku, 0, {}};
    if (item.rank > 0) {
      row.special = SpecialPrice{*item.special_price, minute(item.from), minute(item.to)};
    } else {  // the everyday price, in a window that is over
      constexpr auto kLongOver = std::chrono::hours{24};
      row.special = SpecialPrice{item.price, minute(now - 2 * kLongOver), minute(now - kLongOver)};
    }
    rows.push_back(std::move(row));
  }
  batches_.push(SkuWrite::set_special, rows, report);
  return report;
}

}  // namespace connectors::lazada

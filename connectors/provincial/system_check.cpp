#include "connectors/provincial/system_check.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace connectors::provincial {
namespace {

using base::Error;
using base::ErrorCode;
using common::Json;
using common::Query;

constexpr int kMajorTested = 9;
constexpr int kMajorOldest = 5;
constexpr std::size_t kWordsMax = 120;

void add(std::vector<Finding>& out, FindingLevel level, const std::string& subject,
         const std::string& vi, const std::string& en) {
  out.push_back({level, subject, vi, en});
}

int major_of(const std::string& version) {
  int major = 0;
  std::from_chars(version.data(), version.data() + version.size(), major);
  return major;
}

bool says(const Error& error, std::string_view words) {
  return error.message.find(words) != std::string::npos;
}

// Refused to this key, and not broken.
bool is_refusal(const Error& error) {
  return error.code == ErrorCode::unauthorized ||
         error.vendor_code.starts_with("woocommerce_rest_cannot");
}

}  // namespace

base::Result<std::vector<Finding>> StoreCheck::findings() {
  Findings out;
  const auto address = check_address(out);
  if (!address) return address.error();
  if (!address.value()) return out;
  check_encryption(out);
  const auto reads = check_reading(out);
  if (!reads) return reads.error();
  if (!reads.value()) return out;
  check_writing(out);
  check_orders(out);
  check_status(out);
  check_settings(out);
  return out;
}

base::Result<bool> StoreCheck::check_address(Findings& out) {
  const auto index = client_.get_public("/", Client::Address::as_configured);
  const auto is_index = [](const base::Result<Json>& page) {
    return page.ok() && !common::items(page.value(), "namespaces").empty();
  };
  if (!is_index(index)) {
    if (is_index(client_.get_public("/", Client::Address::other))) {
      const std::string wanted = client_.options().rest_route ? "no" : "yes";
      add(out, FindingLevel::problem, "address",
          "Cửa hàng không trả lời ở địa chỉ này, nhưng có ở dạng kia: đặt rest_route = " + wanted,
          "The store does not answer at this form of address, but at the other: set rest_route = " +
              wanted);
      return false;
    }
    if (!index) return index.error();
    add(out, FindingLevel::problem, "address", "Ở địa chỉ này không có WordPress",
        "There is no WordPress at this address");
    return false;
  }
  const auto spaces = common::items(index.value(), "namespaces");
  const bool sells = std::any_of(spaces.begin(), spaces.end(),
                                 [](const Json& one) { return common::text_of(one) == "wc/v3"; });
  const auto name = base::shorten(common::text(index.value(), "name"), kWordsMax);
  if (!sells) {
    add(out, FindingLevel::problem, "address",
        "Trang \"" + name + "\" không có WooCommerce REST v3",
        "The site \"" + name + "\" has no WooCommerce REST v3");
    return false;
  }
  add(out, FindingLevel::ok, "address", "Trang \"" + name + "\" có WooCommerce REST v3",
      "The site \"" + name + "\" has WooCommerce REST v3");
  const auto zone = common::text(index.value(), "timezone_string");
  const auto offset = common::text(index.value(), "gmt_offset");
  const bool here = zone == "Asia/Ho_Chi_Minh" || zone == "Asia/Bangkok" || offset == "7";
  const auto shown = zone.empty() ? "UTC+" + offset : zone;
  if (here) {
    add(out, FindingLevel::ok, "time_zone", "Múi giờ " + shown, "Time zone " + shown);
  } else {
    add(out, FindingLevel::warning, "time_zone",
        "Múi giờ của cửa hàng là " + shown + ", không phải giờ Việt Nam",
        "The store's time zone is " + shown + ", not Vietnam's");
  }
  return true;
}

void StoreCheck::check_encryption(Findings& out) const {
  const auto& options = client_.options();
  if (options.base_url.starts_with("https://")) {
    add(out, FindingLevel::ok, "encryption", "Kết nối được mã hóa (TLS)",
        "The connection is encrypted (TLS)");
  } else if (options.oauth1_over_plain_http) {
    add(out, FindingLevel::warning, "encryption",
        "Cửa hàng không có TLS: lệnh được ký, nhưng ai trên đường truyền cũng đọc được đơn hàng",
        "The store has no TLS: calls are signed, but orders can be read on the way");
  } else {
    add(out, FindingLevel::warning, "encryption", "Không mã hóa, chỉ trong máy này",
        "Not encrypted, within this machine only");
  }
}

base::Result<bool> StoreCheck::check_reading(Findings& out) {
  const auto page = client_.get("/products", Query{}.add("per_page", 1), common::CallKind::probe);
  if (page) {
    const auto total = std::to_string(page.value().total);
    add(out, FindingLevel::ok, "read", "Khóa đọc được sản phẩm (" + total + ")",
        "The key reads products (" + total + ")");
    return true;
  }
  if (!is_refusal(page.error())) return page.error();
  const auto words = base::shorten(page.error().message, kWordsMax);
  if (says(page.error(), "does not have read permissions")) {
    add(out, FindingLevel::problem, "read", "Khóa chỉ được ghi, không được đọc: cần Read/Write",
        "The key may only write, not read: it must be Read/Write");
  } else {
    add(out, FindingLevel::problem, "read",
        "Cửa hàng không nhận khóa (sai khóa, máy chủ bỏ mất Authorization, hoặc cửa hàng không "
        "thấy TLS): " +
            words,
        "The store does not accept the key (a wrong one, a server that drops Authorization, or a "
        "store that sees no TLS): " +
            words);
  }
  return false;
}

void StoreCheck::check_writing(Findings& out) {
  const auto done = client_.batch("update", {}, common::Repeatable::yes);
  if (done) {
    add(out, FindingLevel::ok, "write", "Khóa được ghi sản phẩm", "The key may write products");
    return;
  }
  const auto words = base::shorten(done.error().message, kWordsMax);
  if (says(done.error(), "does not have write permissions")) {
    add(out, FindingLevel::problem, "write",
        "Khóa chỉ đọc: tạo khóa mới với quyền Read/Write trong WooCommerce > Cài đặt > Nâng cao > "
        "REST API",
        "The key is read-only: make one with Read/Write in WooCommerce > Settings > Advanced > "
        "REST "
        "API");
  } else if (is_refusal(done.error())) {
    add(out, FindingLevel::problem, "write",
        "Chủ của khóa không được sửa sản phẩm: cần vai trò Quản lý cửa hàng. " + words,
        "The key's owner may not edit products: the role Shop manager is needed. " + words);
  } else {
    add(out, FindingLevel::warning, "write", "Không biết khóa có được ghi không: " + words,
        "Whether the key may write could not be learned: " + words);
  }
}

void StoreCheck::check_orders(Findings& out) {
  const auto page = client_.get("/orders", Query{}.add("per_page", 1), common::CallKind::probe);
  if (page) {
    add(out, FindingLevel::ok, "orders", "Khóa đọc được đơn hàng", "The key reads orders");
    return;
  }
  const auto words = base::shorten(page.error().message, kWordsMax);
  add(out, is_refusal(page.error()) ? FindingLevel::problem : FindingLevel::warning, "orders",
      "Khóa không đọc được đơn hàng: " + words, "The key does not read orders: " + words);
}

void StoreCheck::check_money(const std::string& currency, std::int64_t decimals,
                             Findings& out) const {
  if (currency == "VND") {
    add(out, FindingLevel::ok, "currency", "Tiền tệ VND", "Currency VND");
  } else {
    add(out, FindingLevel::problem, "currency",
        "Tiền tệ của cửa hàng là " + currency + ", phải là VND",
        "The store's currency is " + currency + ", it must be VND");
  }
  if (decimals == 0) {
    add(out, FindingLevel::ok, "decimals", "Giá không có số lẻ", "Prices have no decimals");
  } else {
    const auto count = std::to_string(decimals);
    add(out, FindingLevel::problem, "decimals",
        "Giá có " + count + " số lẻ: đặt 0, nếu không đơn có phần lẻ của đồng sẽ không đọc được",
        "Prices have " + count +
            " decimals: set 0, or orders with a part of a đồng are unreadable");
  }
}

void StoreCheck::check_status(Findings& out) {
  const auto status =
      client_.get_one("/system_status", Query{}.add("_fields", "environment,settings"));
  if (!status) {
    const auto why = is_refusal(status.error())
                         ? std::pair{std::string("chủ của khóa không phải quản lý cửa hàng"),
                                     std::string("the key's owner is no shop manager")}
                         : std::pair{base::shorten(status.error().message, kWordsMax),
                                     base::shorten(status.error().message, kWordsMax)};
    add(out, FindingLevel::warning, "version", "Không xem được phiên bản: " + why.first,
        "The version cannot be seen: " + why.second);
    const auto cart = client_.get_public("/wc/store/v1/cart", Client::Address::as_configured);
    const auto* totals = cart ? common::child(cart.value(), "totals") : nullptr;
    if (totals == nullptr) {
      add(out, FindingLevel::warning, "currency", "Không biết tiền tệ của cửa hàng",
          "The store's currency could not be learned");
      return;
    }
    check_money(common::text(*totals, "currency_code"),
                common::integer(*totals, "currency_minor_unit").value_or(0), out);
    return;
  }
  const auto version = common::text_at(status.value(), "environment", "version");
  const auto wordpress = common::text_at(status.value(), "environment", "wp_version");
  const auto both = "WooCommerce " + version + ", WordPress " + wordpress;
  const auto major = major_of(version);
  if (major < kMajorOldest) {
    add(out, FindingLevel::problem, "version", both + ": quá cũ, cần từ 5.0 trở lên",
        both + ": too old, 5.0 or later is needed");
  } else if (major < kMajorTested) {
    add(out, FindingLevel::warning, "version", both + ": cũ hơn bản đã thử (9.3)",
        both + ": older than what was tried (9.3)");
  } else {
    add(out, FindingLevel::ok, "version", both, both);
  }
  check_money(common::text_at(status.value(), "settings", "currency"),
              common::integer_at(status.value(), "settings", "number_of_decimals").value_or(0),
              out);
}

// Empty: not to be seen with this key.
std::string StoreCheck::setting(const std::string& name) {
  const auto found = client_.get_one("/settings/products/woocommerce_" + name);
  return found ? common::text(found.value(), "value") : std::string{};
}

void StoreCheck::check_settings(Findings& out) {
  const auto counts = setting("manage_stock");
  const auto weight = setting("weight_unit");
  const auto length = setting("dimension_unit");
  if (counts.empty() && weight.empty()) {
    add(out, FindingLevel::warning, "stock",
        "Không xem được cài đặt: hãy tự kiểm tra quản lý kho đang bật, cân nặng tính bằng kg",
        "Settings cannot be seen: check yourself that stock is managed and weights are in kg");
    return;
  }
  if (counts == "yes") {
    add(out, FindingLevel::ok, "stock", "Cửa hàng quản lý kho", "The store manages stock");
  } else {
    add(out, FindingLevel::problem, "stock",
        "Cửa hàng không quản lý kho, nên bán không giới hạn: bật trong Cài đặt > Sản phẩm > Kho",
        "The store does not manage stock and sells without end: switch it on in Settings > "
        "Products "
        "> Inventory");
  }
  const bool fits = weight == "kg" && (length == "cm" || length.empty());
  add(out, fits ? FindingLevel::ok : FindingLevel::problem, "units",
      "Đơn vị: " + weight + ", " + length + (fits ? "" : "; phải là kg và cm"),
      "Units: " + weight + ", " + length + (fits ? "" : "; they must be kg and cm"));
}

}  // namespace connectors::provincial

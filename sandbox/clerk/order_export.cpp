#include "sandbox/clerk/order_export.h"

#include <fstream>
#include <stdexcept>

#include "base/time_text.h"

namespace sandbox {
namespace {

namespace fs = std::filesystem;

constexpr const char* kHeadings =
    "Mã đơn hàng,Ngày đặt hàng,Trạng thái đơn hàng,SKU,Tên sản phẩm,Đơn giá,Số lượng,Thành tiền,"
    "Tổng giá trị đơn hàng (VND),Người mua\r\n";
constexpr const char* kMaskedBuyer = "N******h";

std::string quoted(const std::string& cell) {
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string out = "\"";
  for (const char c : cell) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  return out + "\"";
}

// yyyy-MM-dd HH:mm, local
std::string minute(base::Instant at) {
  auto text = base::local_iso(at).substr(0, 16);
  text[10] = ' ';
  return text;
}

std::string rows_of(const PlacedOrder& order) {
  std::string out;
  for (const auto& line : order.lines) {
    out += quoted(order.id) + "," + minute(order.created_at) + "," + order.status + "," +
           quoted(line.sku) + "," + quoted(line.name) + "," + std::to_string(line.price) + "," +
           std::to_string(line.quantity) + "," + std::to_string(line.price * line.quantity) + "," +
           std::to_string(order.total()) + "," + kMaskedBuyer + "\r\n";
  }
  return out;
}

}  // namespace

std::string export_text(const std::vector<const PlacedOrder*>& orders, ExportStyle style) {
  const bool heading = style == ExportStyle::shop_heading;
  std::string out = "\xEF\xBB\xBF";
  if (heading) out += "Gian hàng: Nông sản,,,,,,,,,\r\n";
  out += kHeadings;
  std::int64_t sum = 0;
  for (const auto* order : orders) {
    out += rows_of(*order);
    sum += order->total();
  }
  if (heading) out += "Tổng cộng,,,,,,,," + std::to_string(sum) + ",\r\n";
  return out;
}

std::string write_export(const fs::path& folder, const std::string& day, const std::string& text) {
  std::string name;
  for (int number = 1; name.empty() || fs::exists(folder / name); ++number) {
    name = "orders-" + day + (number < 10 ? "-0" : "-") + std::to_string(number) + ".csv";
  }
  const auto temporary = folder / ("." + name + ".tmp");
  {
    std::ofstream file(temporary, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    if (!file) throw std::runtime_error("cannot write " + name);
  }
  fs::rename(temporary, folder / name);
  return name;
}

}  // namespace sandbox

#include "app/import/row_mapping.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>

#include "base/log.h"
#include "base/text.h"
#include "base/time_text.h"

namespace app::importing {
namespace {

constexpr std::size_t kValueShownMax = 60;
constexpr std::size_t kNameMax = 200;
constexpr std::size_t kDescriptionMax = 5'000;
constexpr std::size_t kImagesMax = 8;

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Reads the cells of one row and remembers whether any was wrong.
class Cells {
 public:
  Cells(const RawRow& row, const RowSink& sink) : row_(row), sink_(sink) {}

  bool good() const { return good_; }

  void complain(std::string_view column, const std::string& vi, const std::string& en) {
    good_ = false;
    sink_.problem(problem_at(row_, column, vi, en));
  }

  std::string id(std::string_view column) {
    const auto text = row_.cell(column);
    const bool plain = !text.empty() && text.size() <= catalog::kIdBytesMax &&
                       std::all_of(text.begin(), text.end(), [](char c) {
                         return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                                (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
                       });
    if (!plain) {
      complain(column, "mã phải có 1 đến 64 chữ không dấu, số, - _ .",
               "an id is 1 to 64 unaccented letters, digits, - _ .");
    }
    return std::string(text);
  }

  std::string text(std::string_view column, std::size_t code_points_max = kNameMax) {
    const auto cell = row_.cell(column);
    auto out = is_ascii(cell) ? std::string(cell) : base::normalise(cell);
    if (out.size() > code_points_max && base::code_points(out) > code_points_max) {
      complain(column, "dài quá " + std::to_string(code_points_max) + " ký tự",
               "longer than " + std::to_string(code_points_max) + " characters");
    }
    return out;
  }

  std::string required(std::string_view column, std::size_t code_points_max = kNameMax) {
    auto out = text(column, code_points_max);
    if (out.empty()) complain(column, "không được để trống", "must not be empty");
    return out;
  }

  catalog::Ward ward() {
    catalog::Ward out;
    out.scheme = text("ward_scheme");
    if (!out.scheme.empty() && out.scheme != "2025" && out.scheme != "pre2025") {
      complain("ward_scheme", "phải là 2025 hoặc pre2025", "must be 2025 or pre2025");
    }
    out.code = text("ward_code");
    out.name = text("ward_name");
    out.province_code = text("province_code");
    out.province_name = text("province_name");
    out.before_2025 = text("ward_before");
    return out;
  }

  std::int64_t number(std::string_view column, std::int64_t fallback, std::int64_t most) {
    const auto cell = row_.cell(column);
    if (cell.empty()) return fallback;
    std::int64_t value = 0;
    const auto [stop, failure] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (failure != std::errc{} || stop != cell.data() + cell.size() || value < 0 || value > most) {
      complain(column, "phải là số nguyên từ 0 đến " + std::to_string(most),
               "must be a whole number from 0 to " + std::to_string(most));
    }
    return value;
  }

  std::string day(std::string_view column) {
    const auto cell = row_.cell(column);
    if (cell.empty()) return {};
    const auto at = base::parse_local(cell);
    if (!at) {
      complain(column, "ngày phải là dd/MM/yyyy hoặc yyyy-MM-dd",
               "a day must be dd/MM/yyyy or yyyy-MM-dd");
      return {};
    }
    return base::local_date(*at);
  }

  template <typename Read>
  auto word(std::string_view column, std::string_view fallback, const Read& read,
            const std::string& allowed) {
    const auto cell = row_.cell(column);
    const auto value = read(cell.empty() ? fallback : cell);
    if (!value) {
      complain(column, "phải là một trong: " + allowed, "must be one of: " + allowed);
    }
    return value.value_or(*read(fallback));
  }

 private:
  const RawRow& row_;
  const RowSink& sink_;
  bool good_ = true;
};

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto end = std::min(text.find(separator), text.size());
    const auto part = base::trim(text.substr(0, end));
    if (!part.empty()) out.emplace_back(part);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

// kind:number:issuer:issued_on:expires_on:stars; a part may be empty.
std::optional<catalog::Certificate> to_certificate(std::string_view text) {
  std::vector<std::string> parts;
  for (;;) {
    const auto end = text.find(':');
    parts.emplace_back(base::trim(text.substr(0, end)));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  if (parts.size() != 6 || parts[0].empty() || parts[1].empty()) return std::nullopt;
  catalog::Certificate out{parts[0], parts[1], parts[2], parts[3], parts[4], 0};
  for (auto* day : {&out.issued_on, &out.expires_on}) {
    if (day->empty()) continue;
    const auto at = base::parse_local(*day);
    if (!at) return std::nullopt;
    *day = base::local_date(*at);
  }
  if (!parts[5].empty()) {
    if (parts[5].size() != 1 || parts[5][0] < '0' || parts[5][0] > '5') return std::nullopt;
    out.stars = parts[5][0] - '0';
  }
  return out;
}

bool is_picture(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  char head[4] = {};
  file.read(head, sizeof head);
  const std::string_view bytes(head, static_cast<std::size_t>(file.gcount()));
  return bytes == "\x89PNG" || bytes.starts_with("\xFF\xD8\xFF");
}

std::optional<catalog::GeoPoint> to_point(const RawRow& row, Cells& cells) {
  constexpr int kLatitudeMax = 90;
  constexpr int kLongitudeMax = 180;
  if (row.cell("latitude").empty() && row.cell("longitude").empty()) return std::nullopt;
  const auto latitude = catalog::parse_degrees(row.cell("latitude"), kLatitudeMax);
  const auto longitude = catalog::parse_degrees(row.cell("longitude"), kLongitudeMax);
  if (latitude && longitude) return catalog::GeoPoint{*latitude, *longitude};
  cells.complain(latitude ? "longitude" : "latitude",
                 "tọa độ là độ thập phân, đủ cả hai, ví dụ 10,6086 và 106,6706",
                 "coordinates are decimal degrees, both of them, like 10.6086 and 106.6706");
  return std::nullopt;
}

std::optional<std::vector<catalog::RecipeItem>> to_recipe(std::string_view text) {
  std::vector<catalog::RecipeItem> out;
  for (const auto& part : split(text, '+')) {
    const auto colon = part.find(':');
    if (colon == std::string::npos) return std::nullopt;
    catalog::RecipeItem item;
    item.pool = catalog::PoolId{std::string(base::trim(part.substr(0, colon)))};
    const auto digits = std::string(base::trim(std::string_view(part).substr(colon + 1)));
    const auto end = digits.data() + digits.size();
    const auto [stop, failure] = std::from_chars(digits.data(), end, item.base_units);
    if (failure != std::errc{} || stop != end || item.base_units <= 0) return std::nullopt;
    out.push_back(std::move(item));
  }
  if (out.empty() || out.size() > catalog::kRecipeItemsMax) return std::nullopt;
  return out;
}

}  // namespace

Problem problem_at(const RawRow& row, std::string_view column, const std::string& vi,
                   const std::string& en) {
  const bool hidden = base::is_sensitive_field(column) || column.starts_with("bank");
  return {row.file,
          row.line,
          std::string(column),
          hidden ? std::string{} : base::shorten(row.cell(column), kValueShownMax),
          vi,
          en};
}

std::optional<catalog::Producer> to_producer(const RawRow& row, const RowSink& sink) {
  Cells cells(row, sink);
  catalog::Producer out;
  out.id = catalog::ProducerId{cells.id("producer")};
  out.kind = cells.word("kind", "cooperative", catalog::producer_kind_from,
                        "cooperative, enterprise, household, individual");
  out.name_vi = cells.required("name_vi");
  out.name_en = cells.text("name_en");
  out.tax_code = cells.text("tax_code");
  const bool person =
      out.kind == catalog::ProducerKind::household || out.kind == catalog::ProducerKind::individual;
  if (person && !out.tax_code.empty()) {
    cells.complain("tax_code", "hộ và cá nhân: để trống (số định danh là dữ liệu cá nhân)",
                   "leave it empty for households and individuals: it is personal data");
  } else if (!out.tax_code.empty() && !catalog::tax_code_is_valid(out.tax_code)) {
    cells.complain("tax_code", "mã số thuế sai số kiểm tra; xem lại 10 chữ số",
                   "the tax code's check digit is wrong; look at its ten digits again");
  }
  out.address = cells.text("address");
  out.ward = cells.ward();
  out.phone = cells.text("phone");
  out.bank = {cells.text("bank_bin"), cells.text("bank_account"), cells.text("bank_owner")};
  if (!cells.good()) return std::nullopt;
  return out;
}

std::optional<catalog::StockPool> to_pool(const RawRow& row, const RowSink& sink) {
  Cells cells(row, sink);
  catalog::StockPool out;
  out.id = catalog::PoolId{cells.id("pool")};
  out.producer = catalog::ProducerId{cells.id("producer")};
  out.unit = cells.word("base_unit", "gram", catalog::base_unit_from, "gram, piece");
  out.name_vi = cells.required("name_vi");
  if (!cells.good()) return std::nullopt;
  return out;
}

std::optional<catalog::Product> to_product(const RawRow& row, const RowSink& sink,
                                           const std::string& folder) {
  Cells cells(row, sink);
  catalog::Product out;
  out.id = catalog::ProductId{cells.id("product")};
  out.producer = catalog::ProducerId{cells.id("producer")};
  out.name = {cells.required("name_vi"), cells.text("name_en")};
  out.description = {cells.text("description_vi", kDescriptionMax),
                     cells.text("description_en", kDescriptionMax)};
  out.category = cells.required("category");
  out.origin = cells.text("origin");
  out.storage = cells.word("storage", "ambient", catalog::storage_from, "ambient, cool, frozen");
  out.shelf_life_days = static_cast<int>(cells.number("shelf_life_days", 0, 36'500));
  out.ship_hours_max = static_cast<int>(cells.number("ship_hours_max", 0, 10'000));
  out.label_class = cells.word("label_class", "raw_packed", catalog::label_class_from,
                               "raw_loose, raw_packed, processed");
  out.ingredients = cells.text("ingredients", kDescriptionMax);
  out.usage = cells.text("usage", kDescriptionMax);
  out.warnings = cells.text("warnings", kDescriptionMax);
  for (const auto& text : split(row.cell("certificates"), '|')) {
    const auto certificate = to_certificate(text);
    if (certificate) {
      out.certificates.push_back(*certificate);
    } else {
      cells.complain("certificates", "viết loại:số:nơi cấp:ngày cấp:hết hạn:sao, cách nhau bằng |",
                     "write kind:number:issuer:issued_on:expires_on:stars, separated by |");
    }
  }
  for (const auto& name : split(row.cell("images"), '|')) {
    const auto path = std::filesystem::path(folder) / name;
    if (is_picture(path)) {
      out.images.push_back(std::filesystem::absolute(path).lexically_normal().string());
    } else {
      cells.complain("images", "không có ảnh PNG hoặc JPEG tên này cạnh tệp",
                     "there is no PNG or JPEG of this name beside the file");
    }
  }
  if (out.images.size() > kImagesMax) {
    cells.complain("images", "tối đa 8 ảnh", "at most 8 pictures");
  }
  if (!cells.good()) return std::nullopt;
  return out;
}

std::optional<catalog::Variant> to_variant(const RawRow& row, const RowSink& sink) {
  constexpr std::int64_t kWeightMax = 1'000'000;
  constexpr std::int64_t kSideMax = 1'000;
  constexpr std::int64_t kBufferMax = 1'000'000;
  Cells cells(row, sink);
  catalog::Variant out;
  out.sku = catalog::Sku{cells.id("sku")};
  out.product = catalog::ProductId{cells.id("product")};
  out.name = {cells.required("name_vi"), cells.text("name_en")};
  out.unit_vi = cells.text("unit_vi");
  out.net_weight_g = static_cast<int>(cells.number("net_weight_g", 0, kWeightMax));
  out.package_weight_g = static_cast<int>(cells.number("package_weight_g", 0, kWeightMax));
  out.length_cm = static_cast<int>(cells.number("length_cm", 0, kSideMax));
  out.width_cm = static_cast<int>(cells.number("width_cm", 0, kSideMax));
  out.height_cm = static_cast<int>(cells.number("height_cm", 0, kSideMax));
  const auto price = catalog::parse_money(row.cell("price_vnd"));
  if (!price || price->minor <= 0) {
    cells.complain("price_vnd", "giá phải là số đồng, ví dụ 65000 hoặc 65.000",
                   "the price must be in đồng, like 65000 or 65.000");
  } else {
    out.price = *price;
  }
  if (auto recipe = to_recipe(row.cell("recipe"))) {
    out.recipe = std::move(*recipe);
  } else {
    cells.complain("recipe", "viết KHO:số đơn vị gốc, cách nhau bằng +; ví dụ LA-P-TLD:5000",
                   "write POOL:base units, joined by +; for example LA-P-TLD:5000");
  }
  out.policy =
      cells.word("policy", "guarded", catalog::stock_policy_from, "guarded, pooled, buffer");
  out.buffer_packs = cells.number("buffer", 0, kBufferMax);
  out.gtin = cells.text("gtin");
  if (!out.gtin.empty() && !catalog::gtin13_is_valid(out.gtin)) {
    cells.complain("gtin", "mã vạch sai số kiểm tra; để trống nếu không có",
                   "the GTIN's check digit is wrong; leave it empty when there is none");
  }
  if (!cells.good()) return std::nullopt;
  return out;
}

std::optional<StockRow> to_stock(const RawRow& row, const RowSink& sink) {
  Cells cells(row, sink);
  StockRow out;
  out.pool = catalog::PoolId{cells.id("pool")};
  out.lot = cells.id("lot");
  out.quantity = cells.required("quantity");
  const auto unit = cells.text("unit");
  if (!unit.empty()) out.quantity += " " + unit;
  out.harvested_on = cells.day("harvested_on");
  out.expires_on = cells.day("expires_on");
  if (!cells.good()) return std::nullopt;
  return out;
}

std::optional<catalog::Place> to_place(const RawRow& row, const RowSink& sink) {
  Cells cells(row, sink);
  catalog::Place out;
  out.id = catalog::PlaceId{cells.id("place")};
  out.kind = cells.word("kind", "restaurant", catalog::place_kind_from,
                        "restaurant, cafe, shop, market, farm, lodging");
  out.name = {cells.required("name_vi"), cells.text("name_en")};
  out.description = {cells.text("description_vi", kDescriptionMax),
                     cells.text("description_en", kDescriptionMax)};
  out.address = cells.text("address");
  out.ward = cells.ward();
  out.point = to_point(row, cells);
  out.phone = cells.text("phone");
  out.opening_hours = split(row.cell("opening_hours"), '|');
  const bool open = std::all_of(out.opening_hours.begin(), out.opening_hours.end(),
                                catalog::opening_hours_are_valid);
  if (!open || out.opening_hours.size() > catalog::kOpeningHoursMax) {
    cells.complain("opening_hours", "viết như Mo-Fr 06:00-21:00|Sa,Su 07:00-22:00",
                   "write like Mo-Fr 06:00-21:00|Sa,Su 07:00-22:00");
  }
  out.cuisines = split(cells.text("cuisine"), '|');
  out.price_range = cells.text("price_range");
  for (auto [column, address] : {std::pair{"website", &out.website}, {"image", &out.image}}) {
    *address = cells.text(column, kDescriptionMax);
    if (address->empty() || catalog::is_web_address(*address)) continue;
    cells.complain(column, "phải là địa chỉ web đầy đủ, ví dụ https://…",
                   "must be a full web address, like https://…");
  }
  for (auto& id : split(row.cell("products"), '|')) out.specialities.emplace_back(std::move(id));
  if (out.specialities.size() > catalog::kSpecialitiesMax) {
    cells.complain("products", "tối đa 50 sản phẩm", "at most 50 products");
  }
  if (!cells.good()) return std::nullopt;
  return out;
}

}  // namespace app::importing

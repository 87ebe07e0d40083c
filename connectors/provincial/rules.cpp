#include "connectors/provincial/rules.h"

#include <filesystem>
#include <set>

#include "base/text.h"
#include "catalog/money.h"
#include "connectors/provincial/mapping.h"

namespace connectors::provincial {
namespace {

void add(std::vector<ListingProblem>& out, const std::string& field, const std::string& vi,
         const std::string& en) {
  out.push_back({field, {}, vi, en});
}

}  // namespace

base::Result<std::vector<ListingProblem>> StoreRules::check(const ListingContent& content) {
  std::vector<ListingProblem> out;
  if (base::trim(content.title.vi).empty()) {
    add(out, "title", "Chưa có tên hàng", "The product has no name");
  } else if (base::code_points(content.title.vi) > kTitleMax) {
    const auto most = std::to_string(kTitleMax);
    add(out, "title", "Tên hàng dài quá " + most + " ký tự",
        "The name is longer than " + most + " characters");
  }
  if (content.price <= 0 || content.price > catalog::kPriceMax) {
    add(out, "price", "Giá phải lớn hơn 0 đồng", "The price must be above 0 đồng");
  }
  if (content.initial_stock < 0) {
    add(out, "stock", "Tồn kho không được âm", "The stock must not be negative");
  }
  check_pictures(content, out);
  const auto& named = content.category_remote_id;
  if (named.empty()) return out;
  const auto categories = terms_.categories();
  if (!categories) return categories.error();
  const bool made = client_.options().create_categories && !store_id(named);
  if (term_named(categories.value(), named) == nullptr && !made) {
    out.push_back({"category", named, "Cửa hàng không có danh mục \"" + named + "\"",
                   "The store has no category \"" + named + "\""});
  }
  return out;
}

void StoreRules::check_pictures(const ListingContent& content,
                                std::vector<ListingProblem>& out) const {
  if (client_.options().images_base_url.empty()) return;
  for (const auto& file : content.image_files) {
    std::error_code failed;
    const std::filesystem::path path(file);
    if (std::filesystem::is_regular_file(path, failed)) continue;
    const auto name = path.filename().string();
    add(out, "image", "Không đọc được ảnh " + name, "The picture " + name + " cannot be read");
  }
}

base::Result<std::vector<MapDrift>> StoreRules::check_maps(const ChannelMaps& maps) {
  std::vector<MapDrift> out;
  const auto categories = terms_.categories();
  if (!categories) return categories.error();
  for (const auto& [path, row] : maps.categories) {
    const auto* term = term_named(categories.value(), row.remote_id);
    const bool made = client_.options().create_categories && !store_id(row.remote_id);
    if (term == nullptr && !made) {
      out.push_back({"category", path, row.remote_id,
                     "Cửa hàng không có danh mục \"" + row.remote_id + "\"",
                     "The store has no category \"" + row.remote_id + "\""});
    } else if (term != nullptr && !row.remote_name.empty() &&
               base::fold(term->name) != base::fold(row.remote_name)) {
      out.push_back({"category", path, row.remote_id,
                     "Danh mục \"" + row.remote_id + "\" nay tên là \"" + term->name + "\"",
                     "Category \"" + row.remote_id + "\" is called \"" + term->name + "\" now"});
    }
  }
  if (const auto read = check_attributes(maps, out); !read) return read.error();
  return out;
}

// Only numbers can drift: an attribute by name is the product's own.
base::Status StoreRules::check_attributes(const ChannelMaps& maps, std::vector<MapDrift>& out) {
  std::set<std::string> known;
  bool asked = false;
  for (const auto& rule : maps.attributes) {
    if (!store_id(rule.remote_id)) continue;
    if (!asked) {
      const auto page = client_.get("/products/attributes", {});
      if (!page) return page.error();
      for (const auto& row : common::items_of(page.value().rows)) {
        known.insert(common::text(row, "id"));
      }
      asked = true;
    }
    if (known.contains(rule.remote_id)) continue;
    out.push_back({"attribute", rule.category + " " + rule.ours, rule.remote_id,
                   "Cửa hàng không có thuộc tính số " + rule.remote_id,
                   "The store has no attribute " + rule.remote_id});
  }
  return base::Done{};
}

}  // namespace connectors::provincial

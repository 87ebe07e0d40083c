#include "app/commands/commands.h"
#include "app/commands/support.h"

namespace app {
namespace {

constexpr std::size_t kRowsDefault = 200;

cc::Json to_json(const catalog::Variant& variant) {
  return cc::json_object({{"sku", cc::json_string(variant.sku.text)},
                          {"name_vi", cc::json_string(variant.name.vi)},
                          {"name_en", cc::json_string(variant.name.en)},
                          {"unit", cc::json_string(variant.unit_vi)},
                          {"net_weight_g", cc::json_number(variant.net_weight_g)},
                          {"price", cc::json_number(variant.price.minor)},
                          {"policy", cc::json_string(to_string(variant.policy))}});
}

cc::Json to_json(const catalog::Product& product, const std::vector<catalog::Variant>& variants) {
  std::vector<cc::Json> packs;
  for (const auto& variant : variants) packs.push_back(to_json(variant));
  return cc::json_object({{"product", cc::json_string(product.id.text)},
                          {"producer", cc::json_string(product.producer.text)},
                          {"name_vi", cc::json_string(product.name.vi)},
                          {"name_en", cc::json_string(product.name.en)},
                          {"category", cc::json_string(product.category)},
                          {"variants", cc::json_array(std::move(packs))}});
}

}  // namespace

int product_list(Invocation& in) {
  ReadSession session(in);
  std::string wanted;
  for (const auto& word : in.words) wanted += (wanted.empty() ? "" : " ") + word;
  std::vector<std::vector<std::string>> rows = {
      {in.out.pick("SẢN PHẨM", "PRODUCT"), in.out.pick("TÊN", "NAME"),
       in.out.pick("QUY CÁCH", "PACKS"), in.out.pick("GIÁ", "PRICE")}};
  std::vector<cc::Json> list;
  session.store().read([&](jobs::Tables& tables) {
    for (const auto& product : tables.catalog.products.search(wanted, limit_of(in, kRowsDefault))) {
      const auto variants = tables.catalog.products.variants_of(product.id);
      list.push_back(to_json(product, variants));
      std::string packs;
      std::string prices;
      for (const auto& variant : variants) {
        packs += (packs.empty() ? "" : ", ") + variant.name.vi;
        prices += (prices.empty() ? "" : ", ") + catalog::to_text(variant.price);
      }
      rows.push_back(
          {product.id.text, in.out.pick(product.name.vi, product.name.en), packs, prices});
    }
  });
  if (in.out.json()) {
    print_json(in, {{"products", cc::json_array(std::move(list))}});
  } else {
    in.out.table(rows);
  }
  return exit_ok;
}

int product_show(Invocation& in) {
  ReadSession session(in);
  bool found = false;
  session.store().read([&](jobs::Tables& tables) {
    const auto product = tables.catalog.products.product(catalog::ProductId{in.word(0)});
    if (!product) return;
    found = true;
    const auto variants = tables.catalog.products.variants_of(product->id);
    if (in.out.json()) {
      print_json(in, {{"product", to_json(*product, variants)}});
      return;
    }
    in.out.line(product->id.text + "  " + in.out.pick(product->name.vi, product->name.en));
    in.out.line(in.out.pick(product->description.vi, product->description.en));
    std::vector<std::vector<std::string>> rows = {
        {"SKU", in.out.pick("QUY CÁCH", "PACK"), in.out.pick("GIÁ", "PRICE"),
         in.out.pick("GIAN HÀNG", "SHOP"), in.out.pick("TRẠNG THÁI", "STATE"),
         in.out.pick("HIỆN", "SHOWN")}};
    for (const auto& variant : variants) {
      for (const auto& account : tables.catalog.listings.accounts()) {
        const auto listing = tables.catalog.listings.listing(account.id, variant.sku);
        const auto stock = tables.catalog.listings.stock(account.id, variant.sku);
        rows.push_back({variant.sku.text, variant.name.vi,
                        catalog::to_text(listing ? listing->price : variant.price), account.id.text,
                        listing ? std::string(to_string(listing->state)) : "-",
                        stock ? std::to_string(stock->shown) : "-"});
      }
    }
    in.out.table(rows);
  });
  if (found) return exit_ok;
  in.out.problem("không có sản phẩm " + in.word(0), "there is no product " + in.word(0));
  return exit_failed;
}

}  // namespace app

#include "app/commands/commands.h"
#include "app/commands/support.h"
#include "catalog/reconcile.h"

namespace app {
namespace {

constexpr std::size_t kRowsDefault = 500;

cc::Json to_json(const catalog::Difference& difference) {
  return cc::json_object({{"kind", cc::json_string(to_string(difference.kind))},
                          {"account", cc::json_string(difference.account.text)},
                          {"sku", cc::json_string(difference.sku.text)},
                          {"wanted", cc::json_string(difference.wanted)},
                          {"seen", cc::json_string(difference.seen)}});
}

}  // namespace

int diff(Invocation& in) {
  ReadSession session(in);
  const auto limit = limit_of(in, kRowsDefault);
  std::vector<catalog::Difference> found;
  std::size_t total = 0;
  session.store().read([&](jobs::Tables& tables) {
    tables.catalog.listings.for_each_listing(
        catalog::AccountId{in.option("account")}, [&](const catalog::ListingView& view) {
          catalog::differences(view, [&](catalog::Difference difference) {
            ++total;
            if (found.size() < limit) found.push_back(std::move(difference));
          });
        });
  });
  if (in.out.json()) {
    std::vector<cc::Json> list;
    for (const auto& difference : found) list.push_back(to_json(difference));
    print_json(in, {{"differences", cc::json_array(std::move(list))},
                    {"total", cc::json_number(static_cast<std::int64_t>(total))}});
  } else if (found.empty()) {
    in.out.line(in.out.pick("Không có khác biệt.", "No differences."));
  } else {
    std::vector<std::vector<std::string>> rows = {
        {in.out.pick("GIAN HÀNG", "SHOP"), "SKU", in.out.pick("KHÁC", "KIND"),
         in.out.pick("TA MUỐN", "WANTED"), in.out.pick("SÀN HIỆN", "SEEN")}};
    for (const auto& row : found) {
      rows.push_back(
          {row.account.text, row.sku.text, std::string(to_string(row.kind)), row.wanted, row.seen});
    }
    in.out.table(rows);
    if (total > found.size()) {
      in.out.say("và " + std::to_string(total - found.size()) + " dòng nữa (--limit)",
                 "and " + std::to_string(total - found.size()) + " more (--limit)");
    }
  }
  return in.has("exit-code") && total > 0 ? exit_differences : exit_ok;
}

}  // namespace app

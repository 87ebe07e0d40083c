#include "app/commands/commands.h"
#include "app/commands/sync_run.h"
#include "base/time_text.h"
#include "jobs/worksheets.h"

namespace app {
namespace {

constexpr std::size_t kSheetsMax = 1'000;

std::vector<catalog::Sku> chosen_skus(const Invocation& in) {
  if (!in.has("sku")) return {};
  return {catalog::Sku{in.option("sku")}};
}

std::vector<jobs::Worksheet> open_sheets(jobs::Tables& tables, const Invocation& in) {
  std::vector<jobs::Worksheet> out;
  const catalog::AccountId account{in.word(0)};
  for (auto& sheet : tables.worksheets.worksheets(account, kSheetsMax)) {
    if (in.words.size() > 1 && sheet.stem != in.word(1)) continue;
    out.push_back(std::move(sheet));
  }
  return out;
}

}  // namespace

int worksheet_export(Invocation& in) {
  in.options["account"] = in.word(0);
  if (in.dry_run()) return diff(in);
  return run_sync(in, {jobs::JobKind::publish_listings}, {});
}

int worksheet_confirm(Invocation& in) {
  WriteSession session(in);
  std::vector<jobs::Worksheet> sheets;
  session.store().read([&](jobs::Tables& tables) { sheets = open_sheets(tables, in); });
  if (sheets.empty()) {
    in.out.problem("không có phiếu nào như vậy của " + in.word(0),
                   "there is no such worksheet of " + in.word(0));
    return exit_failed;
  }
  int confirmed = 0;
  if (in.dry_run()) {
    session.store().read([&](jobs::Tables& tables) {
      for (const auto& row : tables.worksheets.open_rows(catalog::AccountId{in.word(0)})) {
        in.out.line(row.sku.text + "  " + std::string(to_string(row.action)));
        ++confirmed;
      }
    });
  } else {
    const auto at = session.wiring().clock().now();
    session.store().write([&](jobs::Tables& tables) {
      confirmed = 0;
      // Oldest first: a later sheet's word on the same goods is the last one.
      for (auto sheet = sheets.rbegin(); sheet != sheets.rend(); ++sheet) {
        confirmed +=
            jobs::confirm_worksheet(tables, *sheet, chosen_skus(in), at, in.option("by", "cli"));
      }
    });
  }
  if (in.out.json()) {
    print_json(
        in, {{"account", cc::json_string(in.word(0))}, {"confirmed", cc::json_number(confirmed)}});
  } else {
    in.out.line(in.out.pick("đã xác nhận ", "confirmed ") + std::to_string(confirmed) +
                in.out.pick(" dòng", " rows"));
  }
  return exit_ok;
}

}  // namespace app

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>

#include "app/commands/channel_state.h"
#include "app/commands/commands.h"
#include "app/commands/sync_run.h"
#include "base/text.h"
#include "base/time_text.h"
#include "connectors/common/worksheet/confirmed_rows.h"
#include "jobs/worksheets.h"

namespace app {
namespace {

constexpr std::size_t kSheetsMax = 1'000;

// What of the open sheets a person says is typed in.
struct Confirmation {
  std::vector<jobs::Worksheet> sheets;
  std::optional<std::vector<catalog::Sku>> skus;  // nullopt: all of them
  std::size_t problems = 0;

  bool wants(const catalog::Sku& sku) const {
    return !skus || std::find(skus->begin(), skus->end(), sku) != skus->end();
  }
};

// A file that came back keeps the sheet's name at its front: "voso-2026-11-24-01 (1).xlsx".
std::string sheet_named_by(const Invocation& in, const std::vector<jobs::Worksheet>& sheets) {
  if (in.words.size() > 1) return in.word(1);
  auto name = std::filesystem::path(in.option("file")).filename().string();
  for (const auto& sheet : sheets) {
    if (name.starts_with(sheet.stem)) return sheet.stem;
  }
  return name;
}

std::vector<jobs::Worksheet> open_sheets(jobs::Tables& tables, const Invocation& in) {
  const catalog::AccountId account{in.word(0)};
  auto out = tables.worksheets.worksheets(account, kSheetsMax);
  if (in.words.size() < 2 && !in.has("file")) return out;
  const auto stem = sheet_named_by(in, out);
  std::erase_if(out, [&](const auto& sheet) { return sheet.stem != stem; });
  return out;
}

// False: the file cannot be read; it was said.
bool read_ticks(Invocation& in, Confirmation& out) {
  const auto read = cc::read_confirmed(in.option("file"));
  if (!read) {
    in.out.problem(read.error().message, read.error().message);
    return false;
  }
  for (const auto& one : read.value().problems) in.out.problem(one.message, one.message);
  out.problems = read.value().problems.size();
  out.skus = read.value().ticked;
  return true;
}

// Rows that are ticked but stand on no such sheet are told: somebody typed something else.
std::size_t tell_strangers(Invocation& in, jobs::Tables& tables, const Confirmation& wanted) {
  if (!in.has("file")) return 0;
  std::set<std::string> known;
  for (const auto& sheet : wanted.sheets) {
    for (const auto& row : tables.worksheets.rows(sheet.id)) known.insert(row.sku.text);
  }
  std::size_t strangers = 0;
  for (const auto& sku : *wanted.skus) {
    if (known.contains(sku.text)) continue;
    ++strangers;
    in.out.problem(sku.text + ": không có trong phiếu", sku.text + ": is not on the sheet");
  }
  return strangers;
}

int confirm(jobs::Tables& tables, const Confirmation& wanted, base::Instant at,
            const std::string& by) {
  if (wanted.skus && wanted.skus->empty()) return 0;  // an empty list would mean all
  int confirmed = 0;
  // Oldest first: a later sheet's word on the same goods is the last one.
  for (auto sheet = wanted.sheets.rbegin(); sheet != wanted.sheets.rend(); ++sheet) {
    confirmed += jobs::confirm_worksheet(tables, *sheet,
                                         wanted.skus.value_or(std::vector<catalog::Sku>{}), at, by);
  }
  return confirmed;
}

int show_open_rows(Invocation& in, jobs::Tables& tables, const Confirmation& wanted) {
  int rows = 0;
  for (const auto& row : tables.worksheets.open_rows(catalog::AccountId{in.word(0)})) {
    const bool here = std::any_of(wanted.sheets.begin(), wanted.sheets.end(),
                                  [&](const auto& sheet) { return sheet.id == row.worksheet; });
    if (!here || !wanted.wants(row.sku)) continue;
    in.out.line(row.sku.text + "  " + std::string(to_string(row.action)));
    ++rows;
  }
  return rows;
}

// "LA-CN-1KG,LA-CN-BO"
std::vector<catalog::Sku> skus_named(std::string_view text) {
  std::vector<catalog::Sku> out;
  while (true) {
    const auto comma = text.find(',');
    const auto sku = base::trim(text.substr(0, comma));
    if (!sku.empty()) out.push_back(catalog::Sku{std::string(sku)});
    if (comma == std::string_view::npos) return out;
    text.remove_prefix(comma + 1);
  }
}

cc::Json to_json(const std::string& account, const jobs::UnconfirmedRow& row, base::Instant now) {
  const auto confirmed = row.last_confirmed_at;
  return cc::json_object(
      {{"account", cc::json_string(account)},
       {"sku", cc::json_string(row.row.sku.text)},
       {"worksheet", cc::json_string(row.stem)},
       {"action", cc::json_string(to_string(row.row.action))},
       {"declared_at", cc::json_string(base::utc_iso(row.declared_at))},
       {"age_days", cc::json_number(days_since(row.declared_at, now))},
       {"last_confirmed_at", cc::json_string(confirmed ? base::utc_iso(*confirmed) : "")},
       {"last_confirmed_days",
        confirmed ? cc::json_number(days_since(*confirmed, now)) : cc::Json()},
       {"last_confirmed_by", cc::json_string(row.last_confirmed_by)}});
}

std::string age_text(Invocation& in, base::Instant at, base::Instant now) {
  return std::to_string(days_since(at, now)) + in.out.pick(" ngày", " days");
}

}  // namespace

int worksheet_status(Invocation& in) {
  ReadSession session(in);
  const auto now = session.wiring().clock().now();
  std::vector<cc::Json> list;
  std::vector<std::vector<std::string>> rows = {
      {in.out.pick("GIAN HÀNG", "SHOP"), "SKU", in.out.pick("PHIẾU", "WORKSHEET"),
       in.out.pick("VIỆC", "ACTION"), in.out.pick("ĐÃ CHỜ", "WAITS FOR"),
       in.out.pick("XÁC NHẬN GẦN NHẤT", "LAST CONFIRMED"), in.out.pick("BỞI", "BY")}};
  for (const auto& state : channel_states(in, session)) {
    const auto& account = state.account.id.text;
    if (!in.words.empty() && in.word(0) != account) continue;
    for (const auto& row : state.unconfirmed) {
      list.push_back(to_json(account, row, now));
      rows.push_back({account, row.row.sku.text, row.stem, std::string(to_string(row.row.action)),
                      age_text(in, row.declared_at, now),
                      row.last_confirmed_at ? age_text(in, *row.last_confirmed_at, now)
                                            : in.out.pick("chưa", "never"),
                      row.last_confirmed_by});
    }
  }
  if (in.out.json()) {
    print_json(in, {{"rows", cc::json_array(std::move(list))}});
  } else if (rows.size() == 1) {
    in.out.line(in.out.pick("Mọi dòng đã được xác nhận.", "Every row is confirmed."));
  } else {
    in.out.table(rows);
  }
  return exit_ok;
}

int worksheet_export(Invocation& in) {
  in.options["account"] = in.word(0);
  if (in.dry_run()) return diff(in);
  return run_sync(in, {jobs::JobKind::publish_listings}, {});
}

int worksheet_confirm(Invocation& in) {
  WriteSession session(in);
  Confirmation wanted;
  if (in.has("sku")) wanted.skus = skus_named(in.option("sku"));
  if (in.has("file") && !read_ticks(in, wanted)) return exit_failed;
  session.store().read([&](jobs::Tables& tables) {
    wanted.sheets = open_sheets(tables, in);
    if (!wanted.sheets.empty()) wanted.problems += tell_strangers(in, tables, wanted);
  });
  if (wanted.sheets.empty()) {
    in.out.problem("không có phiếu nào như vậy của " + in.word(0),
                   "there is no such worksheet of " + in.word(0));
    return exit_failed;
  }
  int confirmed = 0;
  if (in.dry_run()) {
    session.store().read(
        [&](jobs::Tables& tables) { confirmed = show_open_rows(in, tables, wanted); });
  } else {
    const auto at = session.wiring().clock().now();
    session.store().write([&](jobs::Tables& tables) {
      confirmed = confirm(tables, wanted, at, in.option("by", "cli"));
    });
  }
  if (in.out.json()) {
    print_json(
        in, {{"account", cc::json_string(in.word(0))}, {"confirmed", cc::json_number(confirmed)}});
  } else {
    in.out.line(in.out.pick("đã xác nhận ", "confirmed ") + std::to_string(confirmed) +
                in.out.pick(" dòng", " rows"));
  }
  return wanted.problems == 0 ? exit_ok : exit_partly;
}

}  // namespace app

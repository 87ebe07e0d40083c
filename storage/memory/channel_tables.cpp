#include "storage/memory/channel_tables.h"

#include <algorithm>

namespace storage::memory {

std::optional<jobs::OrderMark> CursorTable::mark(const catalog::AccountId& account,
                                                 jobs::Stream stream) {
  return find(transaction_.state().marks, {account, stream});
}

void CursorTable::put(const catalog::AccountId& account, jobs::Stream stream,
                      const jobs::OrderMark& mark) {
  transaction_.undo().assign(transaction_.changing().marks, {account, stream}, mark);
}

bool InboxTable::keep(const catalog::AccountId& account, std::string_view event_id,
                      base::Instant at) {
  auto& state = transaction_.changing();
  require(state.accounts.contains(account), "unknown account: " + account.text);
  require(!event_id.empty(), "a message needs its id");
  const std::pair key{account, std::string(event_id)};
  if (state.messages.contains(key)) return false;
  transaction_.undo().assign(state.messages, key, at);
  return true;
}

int InboxTable::forget(base::Instant before) {
  auto& messages = transaction_.changing().messages;
  std::vector<std::pair<catalog::AccountId, std::string>> old;
  for (const auto& [key, at] : messages) {
    if (at < before) old.push_back(key);
  }
  for (const auto& key : old) transaction_.undo().erase(messages, key);
  return static_cast<int>(old.size());
}

jobs::WorksheetId WorksheetTable::insert(const jobs::Worksheet& sheet) {
  auto& state = transaction_.changing();
  require(!sheet.stem.empty() && !worksheet(sheet.stem), "the stem is taken: " + sheet.stem);
  require(sheet.rows.size() <= jobs::kWorksheetRowsMax, "the worksheet has too many rows");
  const auto before = state.last_worksheet_id++;
  transaction_.undo().add([&state, before] { state.last_worksheet_id = before; });
  jobs::Worksheet kept = sheet;
  kept.id = jobs::WorksheetId{state.last_worksheet_id};
  for (auto& row : kept.rows) row.worksheet = kept.id;
  transaction_.undo().assign(state.worksheets, kept.id, kept);
  return kept.id;
}

std::optional<jobs::Worksheet> WorksheetTable::worksheet(std::string_view stem) {
  for (const auto& [id, sheet] : transaction_.state().worksheets) {
    if (sheet.stem == stem) return sheet;
  }
  return std::nullopt;
}

std::vector<jobs::Worksheet> WorksheetTable::worksheets(const catalog::AccountId& account,
                                                        std::size_t rows_max) {
  std::vector<jobs::Worksheet> out;
  const auto& all = transaction_.state().worksheets;
  for (auto row = all.rbegin(); row != all.rend() && out.size() < rows_max; ++row) {
    if (row->second.account == account) out.push_back(row->second);
  }
  return out;
}

std::vector<jobs::WorksheetRow> WorksheetTable::rows(jobs::WorksheetId id) {
  const auto sheet = find(transaction_.state().worksheets, id);
  return sheet ? sheet->rows : std::vector<jobs::WorksheetRow>{};
}

std::vector<jobs::WorksheetRow> WorksheetTable::last_confirmed(const catalog::AccountId& account) {
  std::map<catalog::Sku, jobs::WorksheetRow> latest;
  for (const auto& [id, sheet] : transaction_.state().worksheets) {
    if (sheet.account != account) continue;
    for (const auto& row : sheet.rows) {
      if (!row.confirmed_at) continue;
      auto& kept = latest[row.sku];
      if (!kept.confirmed_at || *kept.confirmed_at <= *row.confirmed_at) kept = row;
    }
  }
  std::vector<jobs::WorksheetRow> out;
  for (auto& [sku, row] : latest) out.push_back(std::move(row));
  return out;
}

std::vector<jobs::WorksheetRow> WorksheetTable::open_rows(const catalog::AccountId& account) {
  std::vector<jobs::WorksheetRow> out;
  for (const auto& [id, sheet] : transaction_.state().worksheets) {
    if (sheet.account != account) continue;
    std::copy_if(sheet.rows.begin(), sheet.rows.end(), std::back_inserter(out),
                 [](const auto& row) { return !row.confirmed_at; });
  }
  return out;
}

void WorksheetTable::confirm(jobs::WorksheetId id, const catalog::Sku& sku, base::Instant at,
                             std::string_view by) {
  auto& state = transaction_.changing();
  auto sheet = find(state.worksheets, id);
  require(sheet.has_value(), "no such worksheet");
  for (auto& row : sheet->rows) {
    if (row.sku != sku || row.confirmed_at) continue;
    row.confirmed_at = at;
    row.confirmed_by = by;
  }
  transaction_.undo().assign(state.worksheets, id, *sheet);
}

std::optional<std::string> SessionTable::load(const catalog::AccountId& account) {
  return find(transaction_.state().sessions, account);
}

void SessionTable::save(const catalog::AccountId& account, std::string_view sealed) {
  transaction_.undo().assign(transaction_.changing().sessions, account, std::string(sealed));
}

}  // namespace storage::memory

#include "storage/sqlite/channel_tables.h"

#include "storage/sqlite/query.h"

namespace storage::sqlite {
namespace {

constexpr const char* kMark =
    "SELECT through, window_to, page_cursor FROM stream_mark WHERE account = ? AND stream = ?";
constexpr const char* kPutMark = R"sql(
INSERT INTO stream_mark (account, stream, through, window_to, page_cursor) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (account, stream) DO UPDATE SET through = excluded.through,
  window_to = excluded.window_to, page_cursor = excluded.page_cursor)sql";

constexpr const char* kKeepMessage =
    "INSERT INTO channel_message (account, event_id, received_at) VALUES (?, ?, ?) "
    "ON CONFLICT (account, event_id) DO NOTHING";
constexpr const char* kForgetMessages = "DELETE FROM channel_message WHERE received_at < ?";

constexpr const char* kInsertSheet =
    "INSERT INTO worksheet (account, stem, created_at) VALUES (?, ?, ?) RETURNING id";
constexpr const char* kSheet = "SELECT id, account, stem, created_at FROM worksheet WHERE stem = ?";
constexpr const char* kSheets =
    "SELECT id, account, stem, created_at FROM worksheet WHERE account = ? "
    "ORDER BY id DESC LIMIT ?";
constexpr const char* kSheetById = "SELECT 1 FROM worksheet WHERE id = ?";
constexpr const char* kAddRow =
    "INSERT INTO worksheet_row (worksheet, line, position, sku, action, price_old, price_new, "
    "stock_old, stock_new, content_hash, confirmed_at, confirmed_by) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
#define ROW_COLUMNS                                                                   \
  "r.worksheet, r.position, r.sku, r.action, r.price_old, r.price_new, r.stock_old, " \
  "r.stock_new, r.content_hash, r.confirmed_at, r.confirmed_by "
constexpr const char* kRows =
    "SELECT " ROW_COLUMNS "FROM worksheet_row r WHERE r.worksheet = ? ORDER BY r.line";
constexpr const char* kOpenRows =
    "SELECT " ROW_COLUMNS
    "FROM worksheet w JOIN worksheet_row r ON r.worksheet = w.id "
    "WHERE w.account = ? AND r.confirmed_at IS NULL ORDER BY w.id, r.line";
constexpr const char* kLastConfirmed =
    "SELECT " ROW_COLUMNS
    "FROM (SELECT x.*, row_number() OVER (PARTITION BY x.sku "
    "ORDER BY x.confirmed_at DESC, x.worksheet DESC, x.line DESC) AS age FROM worksheet_row x "
    "JOIN worksheet w ON w.id = x.worksheet "
    "WHERE w.account = ? AND x.confirmed_at IS NOT NULL) r WHERE r.age = 1 ORDER BY r.sku";
#undef ROW_COLUMNS
constexpr const char* kConfirm =
    "UPDATE worksheet_row SET confirmed_at = ?, confirmed_by = ? "
    "WHERE worksheet = ? AND sku = ? AND confirmed_at IS NULL";

constexpr const char* kLoad = "SELECT sealed FROM session WHERE account = ?";
constexpr const char* kSave =
    "INSERT INTO session (account, sealed) VALUES (?, CAST(? AS BLOB)) "
    "ON CONFLICT (account) DO UPDATE SET sealed = excluded.sealed";

std::vector<jobs::WorksheetRow> read_rows(Query& query) {
  std::vector<jobs::WorksheetRow> out;
  while (query.step()) {
    auto& row = out.emplace_back();
    row.worksheet.value = query.integer();
    row.position = query.small();
    row.sku.text = query.view();
    row.action = known(jobs::worksheet_action_from(query.view()));
    row.price_old = query.integer();
    row.price_new = query.integer();
    row.stock_old = query.integer();
    row.stock_new = query.integer();
    row.content_hash = query.view();
    row.confirmed_at = query.maybe_instant();
    row.confirmed_by = query.view();
  }
  return out;
}

jobs::Worksheet read_sheet(Query& row) {
  jobs::Worksheet out;
  out.id.value = row.integer();
  out.account.text = row.view();
  out.stem = row.view();
  out.created_at = row.instant();
  return out;
}

}  // namespace

std::optional<jobs::OrderMark> CursorTable::mark(const catalog::AccountId& account,
                                                 jobs::Stream stream) {
  Query query(database_, kMark);
  query.bind(account, word(stream));
  if (!query.step()) return std::nullopt;
  jobs::OrderMark out;
  out.through = query.instant();
  out.window_to = query.maybe_instant();
  out.page_cursor = query.view();
  return out;
}

void CursorTable::put(const catalog::AccountId& account, jobs::Stream stream,
                      const jobs::OrderMark& mark) {
  Query query(database_, kPutMark);
  query.bind(account, word(stream), mark.through, mark.window_to, mark.page_cursor);
  query.run();
}

bool InboxTable::keep(const catalog::AccountId& account, std::string_view event_id,
                      base::Instant at) {
  const std::string id(event_id);
  Query query(database_, kKeepMessage);
  query.bind(account, id, at);
  return query.run() > 0;
}

int InboxTable::forget(base::Instant before) {
  Query query(database_, kForgetMessages);
  query.bind(before);
  return query.run();
}

jobs::WorksheetId WorksheetTable::insert(const jobs::Worksheet& sheet) {
  if (sheet.rows.size() > jobs::kWorksheetRowsMax) {
    throw StorageError(Fault::constraint, "the worksheet has too many rows");
  }
  jobs::WorksheetId id;
  {
    Query query(database_, kInsertSheet);
    query.bind(sheet.account, sheet.stem, sheet.created_at);
    query.step();
    id.value = query.integer();
  }
  for (std::size_t line = 0; line < sheet.rows.size(); ++line) {
    const auto& row = sheet.rows[line];
    Query query(database_, kAddRow);
    query.bind(id, line, row.position, row.sku, word(row.action), row.price_old, row.price_new,
               row.stock_old, row.stock_new, row.content_hash, row.confirmed_at, row.confirmed_by);
    query.run();
  }
  return id;
}

std::optional<jobs::Worksheet> WorksheetTable::worksheet(std::string_view stem) {
  const std::string wanted(stem);
  Query query(database_, kSheet);
  query.bind(wanted);
  if (!query.step()) return std::nullopt;
  auto sheet = read_sheet(query);
  sheet.rows = rows(sheet.id);
  return sheet;
}

std::vector<jobs::Worksheet> WorksheetTable::worksheets(const catalog::AccountId& account,
                                                        std::size_t rows_max) {
  Query query(database_, kSheets);
  query.bind(account, rows_max);
  std::vector<jobs::Worksheet> out;
  while (query.step()) {
    auto& sheet = out.emplace_back(read_sheet(query));
    sheet.rows = rows(sheet.id);
  }
  return out;
}

std::vector<jobs::WorksheetRow> WorksheetTable::rows(jobs::WorksheetId id) {
  Query query(database_, kRows);
  query.bind(id);
  return read_rows(query);
}

std::vector<jobs::WorksheetRow> WorksheetTable::last_confirmed(const catalog::AccountId& account) {
  Query query(database_, kLastConfirmed);
  query.bind(account);
  return read_rows(query);
}

std::vector<jobs::WorksheetRow> WorksheetTable::open_rows(const catalog::AccountId& account) {
  Query query(database_, kOpenRows);
  query.bind(account);
  return read_rows(query);
}

void WorksheetTable::confirm(jobs::WorksheetId id, const catalog::Sku& sku, base::Instant at,
                             std::string_view by) {
  const std::string person(by);
  {
    Query query(database_, kConfirm);
    query.bind(at, person, id, sku);
    if (query.run() > 0) return;
  }
  Query query(database_, kSheetById);
  query.bind(id);
  if (!query.step()) throw StorageError(Fault::constraint, "no such worksheet");
}

std::optional<std::string> SessionTable::load(const catalog::AccountId& account) {
  Query query(database_, kLoad);
  query.bind(account);
  if (!query.step()) return std::nullopt;
  return query.text();
}

void SessionTable::save(const catalog::AccountId& account, std::string_view sealed) {
  const std::string bytes(sealed);
  Query query(database_, kSave);
  query.bind(account, bytes);
  query.run();
}

}  // namespace storage::sqlite

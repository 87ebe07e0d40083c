#pragma once
// jobs::CursorTable, WorksheetTable and SessionTable in memory. Contract: jobs/store.h.
// Threads: one transaction.
#include "storage/memory/state.h"

namespace storage::memory {

class CursorTable final : public jobs::CursorTable {
 public:
  explicit CursorTable(const Transaction& transaction) : transaction_(transaction) {}
  std::optional<jobs::OrderMark> mark(const catalog::AccountId& account,
                                      jobs::Stream stream) override;
  void put(const catalog::AccountId& account, jobs::Stream stream,
           const jobs::OrderMark& mark) override;

 private:
  const Transaction& transaction_;
};

class InboxTable final : public jobs::InboxTable {
 public:
  explicit InboxTable(const Transaction& transaction) : transaction_(transaction) {}
  bool keep(const catalog::AccountId& account, std::string_view event_id,
            base::Instant at) override;
  int forget(base::Instant before) override;

 private:
  const Transaction& transaction_;
};

class WorksheetTable final : public jobs::WorksheetTable {
 public:
  explicit WorksheetTable(const Transaction& transaction) : transaction_(transaction) {}
  jobs::WorksheetId insert(const jobs::Worksheet& sheet) override;
  std::optional<jobs::Worksheet> worksheet(std::string_view stem) override;
  std::vector<jobs::Worksheet> worksheets(const catalog::AccountId& account,
                                          std::size_t rows_max) override;
  std::vector<jobs::WorksheetRow> rows(jobs::WorksheetId id) override;
  std::vector<jobs::WorksheetRow> last_confirmed(const catalog::AccountId& account) override;
  std::vector<jobs::WorksheetRow> open_rows(const catalog::AccountId& account) override;
  void confirm(jobs::WorksheetId id, const catalog::Sku& sku, base::Instant at,
               std::string_view by) override;

 private:
  const Transaction& transaction_;
};

class SessionTable final : public jobs::SessionTable {
 public:
  explicit SessionTable(const Transaction& transaction) : transaction_(transaction) {}
  std::optional<std::string> load(const catalog::AccountId& account) override;
  void save(const catalog::AccountId& account, std::string_view sealed) override;

 private:
  const Transaction& transaction_;
};

}  // namespace storage::memory

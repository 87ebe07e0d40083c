#include "storage/memory/memory_store.h"

#include <mutex>

#include "storage/memory/call_tables.h"
#include "storage/memory/channel_tables.h"
#include "storage/memory/job_table.h"
#include "storage/memory/listing_table.h"
#include "storage/memory/order_table.h"
#include "storage/memory/place_table.h"
#include "storage/memory/product_table.h"
#include "storage/memory/sale_tables.h"
#include "storage/memory/shipment_table.h"
#include "storage/memory/stock_table.h"
#include "storage/reentry_guard.h"

namespace storage {
namespace {

// All tables over one transaction.
class Bundle {
 public:
  Bundle(memory::State& state, memory::UndoLog* undo) : transaction_(state, undo) {}
  jobs::Tables& tables() { return tables_; }

 private:
  memory::Transaction transaction_;
  memory::ProductTable products_{transaction_};
  memory::StockTable stock_{transaction_};
  memory::ListingTable listings_{transaction_};
  memory::OrderTable orders_{transaction_};
  memory::FulfilmentTable fulfilment_{transaction_};
  memory::AfterSaleTable after_sale_{transaction_};
  memory::PlaceTable places_{transaction_};
  memory::ShipmentTable shipments_{transaction_};
  memory::Outbox outbox_{transaction_};
  memory::JobTable jobs_{transaction_};
  memory::CursorTable cursors_{transaction_};
  memory::InboxTable inbox_{transaction_};
  memory::WorksheetTable worksheets_{transaction_};
  memory::SessionTable sessions_{transaction_};
  memory::PaceTable pace_{transaction_};
  memory::UploadTable uploads_{transaction_};
  memory::MapTable maps_{transaction_};
  jobs::Tables tables_{{products_, stock_, listings_, orders_, fulfilment_, after_sale_, places_,
                        shipments_, outbox_},
                       jobs_,
                       cursors_,
                       inbox_,
                       worksheets_,
                       sessions_,
                       pace_,
                       uploads_,
                       maps_};
};

}  // namespace

MemoryStore::MemoryStore() : state_(std::make_unique<memory::State>()) {}
MemoryStore::~MemoryStore() = default;

void MemoryStore::write(const std::function<void(jobs::Tables&)>& change) {
  ReentryGuard::check(this);
  const std::unique_lock lock(mutex_);
  const ReentryGuard inside(this);
  memory::UndoLog undo;
  Bundle bundle(*state_, &undo);
  try {
    change(bundle.tables());
  } catch (...) {
    undo.roll_back();
    throw;
  }
}

void MemoryStore::read(const std::function<void(jobs::Tables&)>& look) {
  ReentryGuard::check(this);
  const std::shared_lock lock(mutex_);
  const ReentryGuard inside(this);
  Bundle bundle(*state_, nullptr);
  look(bundle.tables());
}

}  // namespace storage

// SPDX-License-Identifier: MIT

#include "stand-in/downloads/downloads.h"

#include <objbase.h>

#include <utility>

#include "stand-in/downloads/download.h"
#include "stand-in/downloads/download_text.h"
#include "stand-in/service/clock.h"
#include "stand-in/transfer/temporary_file.h"

namespace dosvc_stand_in {

// DOC: DODownloadProperty_NonVolatile: TRUE saves the download; FALSE is the default,
// learn.microsoft.com/windows/win32/api/deliveryoptimization/ne-deliveryoptimization-dodownloadproperty
void Downloads::TakeUp() {
  for (const auto& text : store_.Load()) {
    auto record = ReadDownload(text);
    if (!record) continue;
    const GUID id = record->id;
    if (!IsNonVolatile(*record)) {
      TemporaryFile::Discard(record->source.temporary_path);
      store_.Remove(id);
      continue;
    }
    const auto download = std::make_shared<Download>(std::move(*record), service_);
    {
      const std::lock_guard lock(mutex_);
      downloads_[id] = download;
    }
    download->TakeUp();
  }
}

HRESULT Downloads::Create(std::shared_ptr<Download>& download) {
  DownloadRecord record;
  const HRESULT hr = CoCreateGuid(&record.id);
  if (FAILED(hr)) return hr;
  record.created = Now();
  download = std::make_shared<Download>(record, service_);
  const std::lock_guard lock(mutex_);
  downloads_[record.id] = download;
  return S_OK;
}

std::shared_ptr<Download> Downloads::Find(const GUID& id) const {
  const std::lock_guard lock(mutex_);
  const auto found = downloads_.find(id);
  return found == downloads_.end() ? nullptr : found->second;
}

Downloads::List Downloads::All() const {
  const std::lock_guard lock(mutex_);
  List all;
  for (const auto& [id, download] : downloads_) all.push_back(download);
  return all;
}

void Downloads::DropOld() {
  for (const auto& download : All()) download->DropIfOld();
}

void Downloads::LookAgain() {
  for (const auto& download : All()) download->LookAgain();
}

// DOC: do-client, tests/download_tests_common.cpp, Download1PausedDownload2SameDestTest: the first
// one is aborted, even if it is paused.
HRESULT Downloads::Start(const Download& one,
                         const std::wstring& target,
                         const std::function<HRESULT()>& start) {
  const std::lock_guard lock(starting_);
  if (!target.empty()) {
    for (const auto& other : All()) {
      if (other.get() != &one && other->WritesTo(target)) other->GiveWay();
    }
  }
  return start();
}

bool Downloads::Save(const DownloadRecord& record) {
  return store_.Save(record.id, WriteDownload(record));
}

// Takes effect at once: do-client's tests wait a moment for it, and no page says how long it takes.
void Downloads::Forget(const GUID& id) {
  store_.Remove(id);
  const std::lock_guard lock(mutex_);
  downloads_.erase(id);
}

}  // namespace dosvc_stand_in

// SPDX-License-Identifier: MIT

#include "stand-in/service/service.h"

#include <objbase.h>

#include <utility>

#include "stand-in/jobs/job.h"
#include "stand-in/jobs/record_text.h"

namespace dosvc_stand_in {

void Service::Start() {
  for (const auto& text : store_.Load()) {
    auto record = Read(text);
    if (!record) continue;
    const GUID id = record->id;
    const auto job = std::make_shared<Job>(std::move(*record), *this);
    {
      const std::lock_guard lock(mutex_);
      jobs_[id] = job;
    }
    job->TakeUp();
  }
  downloads_.TakeUp();
  DropOld();
  notifier_.Start();
  queue_.Start([this] { DropOld(); });
}

HRESULT Service::CreateJob(const std::wstring& display_name, std::shared_ptr<Job>& job) {
  JobRecord record;
  const HRESULT hr = CoCreateGuid(&record.id);
  if (FAILED(hr)) return hr;
  record.display_name = display_name;
  record.created = record.modified = Now();
  if (!Save(record)) return E_FAIL;
  job = std::make_shared<Job>(record, *this);
  const std::lock_guard lock(mutex_);
  jobs_[record.id] = job;
  return S_OK;
}

std::shared_ptr<Job> Service::Find(const GUID& id) const {
  const std::lock_guard lock(mutex_);
  const auto found = jobs_.find(id);
  return found == jobs_.end() ? nullptr : found->second;
}

std::vector<std::shared_ptr<Job>> Service::Jobs() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<Job>> jobs;
  for (const auto& [id, job] : jobs_) jobs.push_back(job);
  return jobs;
}

void Service::DropOld() {
  for (const auto& job : Jobs()) job->DropIfOld();
  downloads_.DropOld();
}

bool Service::Save(const JobRecord& record) { return store_.Save(record.id, Write(record)); }

void Service::Forget(const GUID& id) {
  store_.Remove(id);
  const std::lock_guard lock(mutex_);
  jobs_.erase(id);
}

}  // namespace dosvc_stand_in

package dev.sluice.engine.state;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteOptions;

/**
 * How RocksDB is set up for a database that nobody reads after a crash: no log, no flush at the
 * end, and memory outside the heap that does not grow with the state.
 */
final class DiskOptions implements AutoCloseable {
  private static final long CACHE_BYTES = 64L << 20;
  private static final long WRITE_BUFFER_BYTES = 32L << 20;
  private static final int WRITE_BUFFERS = 2;
  private static final int BACKGROUND_JOBS = 2;
  private static final int BLOOM_BITS = 10;
  private static final int OPEN_FILES = 512;

  /** Each checkpoint deletes a range of each partition: many of them make every read slower. */
  private static final int RANGES_DELETED = 1_000;

  private final LRUCache cache = new LRUCache(CACHE_BYTES);
  private final BloomFilter filter = new BloomFilter(BLOOM_BITS);
  private final Options database = new Options();
  private final WriteOptions writing = new WriteOptions();

  DiskOptions() {
    database
        .setCreateIfMissing(true)
        .setWriteBufferSize(WRITE_BUFFER_BYTES)
        .setMaxWriteBufferNumber(WRITE_BUFFERS)
        .setMaxBackgroundJobs(BACKGROUND_JOBS)
        .setMaxOpenFiles(OPEN_FILES)
        .setMemtableMaxRangeDeletions(RANGES_DELETED)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setAvoidFlushDuringShutdown(true)
        .setUseFsync(false)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setKeepLogFileNum(1)
        .setStatsDumpPeriodSec(0)
        .setTableFormatConfig(
            new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter));
    writing.setDisableWAL(true);
  }

  Options database() {
    return database;
  }

  WriteOptions writing() {
    return writing;
  }

  @Override
  public void close() {
    writing.close();
    database.close();
    filter.close();
    cache.close();
  }
}

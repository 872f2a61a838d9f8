package dev.sluice.engine.storage;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.MiniDFSCluster.DataNodeProperties;

/** HDFS in this JVM: a name node and three data nodes. */
final class HdfsCluster implements AutoCloseable {
  static final int NODES = 3;

  /** What a client has to set: with no fourth node there is nothing to replace a lost one. */
  static final Map<String, String> CLIENT =
      Map.of(
          "dfs.client.block.write.replace-datanode-on-failure.policy",
          "NEVER",
          "dfs.replication",
          "3",
          "dfs.blocksize",
          "1048576");

  // Loggers are held weakly, and lose their level with the last reference.
  private static final List<Logger> LOGGERS =
      List.of(Logger.getLogger("org.apache.hadoop"), Logger.getLogger("BlockStateChange"));

  private final MiniDFSCluster cluster;
  private final List<DataNodeProperties> stopped = new ArrayList<>();

  HdfsCluster(Path folder) throws IOException {
    LOGGERS.forEach(logger -> logger.setLevel(Level.OFF));
    Configuration configuration = new HdfsConfiguration();
    CLIENT.forEach(configuration::set);
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
    configuration.set("dfs.namenode.heartbeat.recheck-interval", "500");
    configuration.set("dfs.heartbeat.interval", "1");
    configuration.set("dfs.namenode.replication.min", "1");
    cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(NODES).build();
    cluster.waitActive();
  }

  URI uri(String folder) {
    return cluster.getURI().resolve("/" + folder);
  }

  FileSystem files() throws IOException {
    return cluster.getFileSystem();
  }

  void stopDataNode() {
    stopped.add(cluster.stopDataNode(0));
  }

  /** Starts what was stopped, and waits until the name node knows. */
  void restartDataNodes() throws IOException {
    Collections.reverse(stopped);
    for (DataNodeProperties node : stopped) {
      cluster.restartDataNode(node, true);
    }
    stopped.clear();
    cluster.waitActive();
  }

  void restartNameNode() throws IOException {
    cluster.restartNameNode(true);
  }

  @Override
  public void close() {
    cluster.shutdown(true);
  }
}

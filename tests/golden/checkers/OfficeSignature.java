import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.security.Security;
import java.security.cert.CertificateFactory;
import java.security.spec.AlgorithmParameterSpec;
import java.util.*;
import java.util.zip.*;
import javax.xml.crypto.*;
import javax.xml.crypto.dom.DOMStructure;
import javax.xml.crypto.dsig.*;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.*;

/** Asks the JDK's own XML signature code about every signature of an Office file: core validity and each part. */
public class OfficeSignature {
    static final String TRANSFORM = "http://schemas.openxmlformats.org/package/2006/RelationshipTransform";
    static final DocumentBuilderFactory DOCUMENTS = DocumentBuilderFactory.newInstance();

    /** The one algorithm the JDK lacks: keep the chosen relationships, sorted, with four attributes. */
    public static class RelationshipTransform extends TransformService {
        private final Set<String> chosen = new TreeSet<>();

        @Override public void init(TransformParameterSpec parameters) { }
        @Override public void marshalParams(XMLStructure parent, XMLCryptoContext context) { }
        @Override public AlgorithmParameterSpec getParameterSpec() { return null; }
        @Override public boolean isFeatureSupported(String feature) { return false; }

        @Override public void init(XMLStructure parent, XMLCryptoContext context) {
            NodeList references = ((Element) ((DOMStructure) parent).getNode()).getElementsByTagNameNS("*", "RelationshipReference");
            for (int i = 0; i < references.getLength(); i++) chosen.add(((Element) references.item(i)).getAttribute("SourceId"));
        }

        @Override public Data transform(Data data, XMLCryptoContext context) throws TransformException {
            try {
                Document document = DOCUMENTS.newDocumentBuilder().parse(((OctetStreamData) data).getOctetStream());
                TreeMap<String, String> rows = new TreeMap<>();
                for (Node node = document.getDocumentElement().getFirstChild(); node != null; node = node.getNextSibling()) {
                    if (!(node instanceof Element row) || !chosen.contains(row.getAttribute("Id"))) continue;
                    if (!row.hasAttribute("TargetMode")) row.setAttribute("TargetMode", "Internal");
                    StringBuilder text = new StringBuilder("<Relationship");
                    for (String name : List.of("Id", "Target", "TargetMode", "Type"))
                        text.append(' ').append(name).append("=\"").append(row.getAttribute(name).replace("&", "&amp;")).append('"');
                    rows.put(row.getAttribute("Id"), text.append("/>").toString());
                }
                String namespace = document.getDocumentElement().getNamespaceURI();
                String whole = "<Relationships xmlns=\"" + namespace + "\">" + String.join("", rows.values()) + "</Relationships>";
                return new OctetStreamData(new ByteArrayInputStream(whole.getBytes(StandardCharsets.UTF_8)));
            } catch (Exception problem) {
                throw new TransformException(problem);
            }
        }

        @Override public Data transform(Data data, XMLCryptoContext context, java.io.OutputStream stream) throws TransformException {
            return transform(data, context);
        }
    }

    static class Extra extends Provider {
        Extra() {
            super("Extra", "1", "relationship transform");
            putService(new Service(this, "TransformService", TRANSFORM, RelationshipTransform.class.getName(), null, Map.of("MechanismType", "DOM")) {
                @Override public Object newInstance(Object parameter) { return new RelationshipTransform(); }
            });
        }
    }

    public static void main(String[] arguments) throws Exception {
        DOCUMENTS.setNamespaceAware(true);
        Security.addProvider(new Extra());
        Map<String, byte[]> parts = new TreeMap<>();
        try (ZipFile zip = new ZipFile(arguments[0])) {
            for (ZipEntry entry : Collections.list(zip.entries()))
                try (InputStream stream = zip.getInputStream(entry)) { parts.put("/" + entry.getName(), stream.readAllBytes()); }
        }
        for (String name : parts.keySet()) if (name.matches("/_xmlsignatures/sig\\d+\\.xml")) check(name, parts);
    }

    static void check(String name, Map<String, byte[]> parts) throws Exception {
        Document document = DOCUMENTS.newDocumentBuilder().parse(new ByteArrayInputStream(parts.get(name)));
        markIds(document.getDocumentElement());
        String certificate = document.getElementsByTagNameNS(XMLSignature.XMLNS, "X509Certificate").item(0).getTextContent();
        byte[] der = Base64.getMimeDecoder().decode(certificate);
        var key = CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)).getPublicKey();
        XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
        DOMValidateContext context = new DOMValidateContext(key, document.getDocumentElement());
        context.setProperty("org.jcp.xml.dsig.secureValidation", false);
        context.setURIDereferencer((uri, where) -> {
            byte[] content = parts.get(uri.getURI().split("\\?")[0]);
            if (content == null) return factory.getURIDereferencer().dereference(uri, where);
            return new OctetStreamData(new ByteArrayInputStream(content));
        });
        XMLSignature signature = factory.unmarshalXMLSignature(context);
        System.out.println(name + " core " + signature.validate(context));
        for (Object object : signature.getObjects())
            for (Object held : ((XMLObject) object).getContent())
                if (held instanceof Manifest manifest)
                    for (Object reference : manifest.getReferences())
                        System.out.println(((Reference) reference).getURI().split("\\?")[0] + " part " + ((Reference) reference).validate(context));
    }

    static void markIds(Element element) {
        if (element.hasAttribute("Id")) element.setIdAttribute("Id", true);
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling())
            if (child instanceof Element inner) markIds(inner);
    }
}
